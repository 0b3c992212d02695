import type { Verdict } from '@agentic-backstage/plugin-agentic-common';
import {
  createEffectTool,
  type EffectTool,
  type PolicyEvaluator,
} from '@agentic-backstage/plugin-agentic-node';
import { z } from 'zod';
import { currentProcess } from './CrashingKnex';
import type { Scenario } from './Scenario';

const Params = z.object({ name: z.string(), size: z.number() });
const Result = z.object({ made: z.string() });
type Params = z.infer<typeof Params>;

/** What was really asked of a tool or of policy, in order. */
export type Fact =
  | { readonly did: 'dryRun'; readonly params: Params; readonly mark: string }
  | {
      readonly did: 'judge';
      readonly params: Params;
      readonly decision: Verdict['decision'] | 'silent';
    }
  | { readonly did: 'execute'; readonly effectId: string }
  | {
      readonly did: 'look';
      readonly effectId: string;
      readonly state: 'confirmed' | 'absent' | 'unknown';
      readonly evidence: string;
    }
  | { readonly did: 'undo'; readonly effectId: string };

/** Asked at the very moment a tool is told to change the world; throws when it must not be. */
export type Witness = (call: {
  tool: string;
  params: Params;
  idempotencyKey: string;
  workflowId: string;
}) => Promise<void>;

/** The world outside, with a memory of all that was asked of it. */
export class ModelWorld {
  readonly facts: Fact[] = [];
  /** What is there, by name, with the key of the effect that made it. */
  readonly things = new Map<string, string>();
  crash: 'before' | 'after' | undefined;
  #looks: Scenario['looks'][number][];
  #marks = 0;

  constructor(private readonly scenario: Scenario) {
    this.#looks = [...scenario.looks];
  }

  /** The tool that makes things, and one like it that the agent has not declared. */
  tool(
    id: string,
    witness: Witness,
  ): EffectTool<Params, z.infer<typeof Result>> {
    return ModelWorld.#toolOf(this, id, witness);
  }

  static #toolOf(
    world: ModelWorld,
    id: string,
    witness: Witness,
  ): EffectTool<Params, z.infer<typeof Result>> {
    return createEffectTool({
      id,
      title: 'Make a thing',
      description: 'Makes a thing in the model',
      schema: Params,
      result: Result,
      dependency: { id: 'model', retries: 0 },
      localOnly: true,
      blastRadius: ({ name }) => ({
        scope: 'service',
        destructive: false,
        description: name,
      }),
      validate: async () => [],
      async dryRun(params) {
        currentProcess()?.step();
        world.#marks += 1;
        const mark = `would make it, look ${world.#marks}`;
        world.facts.push({ did: 'dryRun', params, mark });
        return {
          summary: mark,
          changes: [
            { action: 'create', resource: params.name, detail: 'a thing' },
          ],
          warnings: [],
        };
      },
      async execute(params, { idempotencyKey, workflowId }) {
        const process = currentProcess();
        process?.step();
        if (world.crash === 'before') {
          world.crash = undefined;
          process?.die();
        }
        await witness({ tool: id, params, idempotencyKey, workflowId });
        world.facts.push({ did: 'execute', effectId: idempotencyKey });
        world.things.set(params.name, idempotencyKey);
        if (world.crash === 'after') {
          world.crash = undefined;
          process?.die();
        }
        return { made: params.name };
      },
      async readBack({ name }, _result, { idempotencyKey: effectId }) {
        currentProcess()?.step();
        const look = world.#looks.shift() ?? 'truth';
        const truth =
          world.things.get(name) === effectId
            ? ('confirmed' as const)
            : ('absent' as const);
        const state = look === 'truth' ? truth : look;
        const evidence = `look ${world.facts.length}: ${state}`;
        world.facts.push({ did: 'look', effectId, state, evidence });
        return {
          state,
          evidence,
          observedAt: new Date().toISOString(),
          ...(state === 'confirmed' && { result: { made: name } }),
        };
      },
      async rollback({ name }, _result, { effectId }) {
        currentProcess()?.step();
        world.facts.push({ did: 'undo', effectId });
        if (world.things.get(name) === effectId) world.things.delete(name);
        return {
          state: 'absent',
          evidence: `${name} is gone`,
          observedAt: new Date().toISOString(),
        };
      },
      rollbackStrategy: ({ name }) => `Remove ${name}`,
      estimateCost: () => ({
        status: 'known',
        currency: 'USD',
        monthly: 0,
        lines: [],
      }),
    });
  }

  /** Policy as the scenario has it. */
  evaluator(): PolicyEvaluator {
    return {
      id: 'model',
      title: 'Policy of the model',
      evaluate: async subject => {
        if (subject.kind !== 'effect') return undefined;
        const params = Params.parse(subject.params);
        const decision = this.scenario.verdicts[params.name] ?? 'allow';
        this.facts.push({ did: 'judge', params, decision });
        return decision === 'silent'
          ? undefined
          : { decision, reasons: [`model: ${decision}`], violations: [] };
      },
    };
  }
}
