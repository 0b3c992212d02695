import {
  AgentId,
  EVENT_DETAILS,
} from '@agentic-backstage/plugin-agentic-common';
import { z } from 'zod';
import type { Agent, ProposedEffect } from '../agents';
import { isSecretPattern } from '../secretReferences';
import {
  agentContext,
  type AgentContextOptions,
  type TestAgentContext,
} from './agentContext';

/** A task for the agent and the world it finds, without the agent itself. */
export type AgentTask<I> = Omit<AgentContextOptions<I>, 'agent'>;

/** What the contract needs to know about an agent. */
export interface AgentContractOptions<I, O> {
  readonly agent: Agent<I, O>;
  /** Inputs that the schema must refuse, by what is wrong with them. */
  readonly invalidInputs: Readonly<Record<string, unknown>>;
  /** Tasks that the agent does, by name; each is called for a fresh world. */
  readonly tasks: Readonly<
    Record<string, () => AgentTask<I> | Promise<AgentTask<I>>>
  >;
  /** How long one test may take. Default: one minute. */
  readonly timeoutMs?: number;
}

const overTheWire = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value));

/**
 * Declares the tests that every agent has to pass, with the test runner's global `describe` and `it`.
 * Call it at the top of a test file:
 *
 * 1. The declaration is one that the host takes, and the schema refuses bad input.
 * 2. `plan` looks only, proposes the same effects again, with declared tools and keys of their own.
 * 3. `execute` uses what the agent has declared and nothing else, and applies what it proposed.
 * 4. The output fits its schema and survives being stored.
 * 5. Run again, as after a crash, it comes to the same end.
 */
export function agentContract<I, O>(options: AgentContractOptions<I, O>): void {
  // Taken here and not when the module is loaded, so that it can be loaded without a test runner.
  const { describe: suite, it: test } = globalThis;
  const expectThat = expect;
  const { agent } = options;
  const timeout = options.timeoutMs ?? 60_000;

  suite(`Agent ${agent.id} declares itself as the host wants`, () => {
    test('says what it is', () => {
      expectThat(AgentId.safeParse(agent.id).success).toBe(true);
      for (const text of [agent.title, agent.description]) {
        expectThat(text).toMatch(/\S/);
      }
      expectThat(agent.version).toMatch(/^\d+\.\d+\.\d+/);
    });

    test('declares events and secrets that can be', () => {
      expectThat(
        agent.emits.filter(type => !Object.hasOwn(EVENT_DETAILS, type)),
      ).toEqual([]);
      expectThat(
        (agent.secrets ?? []).filter(pattern => !isSecretPattern(pattern)),
      ).toEqual([]);
    });

    test('says of its input which fields it has', () => {
      const schema = z.toJSONSchema(agent.input, {
        io: 'input',
        unrepresentable: 'any',
      });
      expectThat(schema.type).toBe('object');
    });

    test.each(Object.entries(options.invalidInputs))(
      'refuses %s',
      (_, input) => {
        expectThat(agent.input.safeParse(input).success).toBe(false);
      },
    );
  });

  const contextOf = async (
    makeTask: () => AgentTask<I> | Promise<AgentTask<I>>,
  ): Promise<TestAgentContext<I>> => {
    const task = await makeTask();
    return agentContext({
      ...task,
      input: agent.input.parse(task.input),
      agent,
    });
  };
  const proposalsOf = async (
    context: TestAgentContext<I>,
  ): Promise<ProposedEffect[]> => (await agent.plan?.(context)) ?? [];

  suite.each(Object.entries(options.tasks))(
    `Agent ${agent.id} keeps the contract of agents: %s`,
    (_, makeTask) => {
      test(
        'looks only while it plans, and proposes what it may',
        async () => {
          const context = await contextOf(makeTask);
          const kept = await context.artifacts.list();
          const proposals = await proposalsOf(context);
          expectThat(await proposalsOf(context)).toEqual(proposals);
          expectThat(overTheWire(proposals)).toEqual(proposals);
          const keys = proposals.map(({ key }) => key);
          expectThat(keys).toEqual([...new Set(keys)]);
          expectThat(
            proposals.filter(({ tool }) => !agent.tools.includes(tool)),
          ).toEqual([]);
          expectThat(context.applied).toEqual([]);
          expectThat(context.emitted).toEqual([]);
          expectThat(context.refused).toEqual([]);
          expectThat(await context.artifacts.list()).toEqual(kept);
        },
        timeout,
      );

      test(
        'does what it declared and nothing else, and answers what can be stored',
        async () => {
          const context = await contextOf(makeTask);
          const proposed = (await proposalsOf(context)).map(({ key }) => key);
          const output = await agent.execute(context);
          expectThat(context.refused).toEqual([]);
          expectThat(
            context.applied.filter(key => !proposed.includes(key)),
          ).toEqual([]);
          expectThat(agent.output.safeParse(output)).toMatchObject({
            success: true,
          });
          expectThat(overTheWire(output)).toEqual(output);
          if (agent.artifacts === 'required') {
            expectThat(await context.artifacts.list()).not.toEqual([]);
          }
        },
        timeout,
      );

      test(
        'comes to the same end when it is run again',
        async () => {
          const context = await contextOf(makeTask);
          const output = await agent.execute(context);
          const kept = await context.artifacts.list();
          expectThat(await agent.execute(context)).toEqual(output);
          expectThat(await context.artifacts.list()).toEqual(kept);
        },
        timeout,
      );
    },
  );
}
