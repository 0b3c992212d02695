import {
  createAgent,
  type AgentExecutionContext,
} from '@agentic-backstage/plugin-agentic-node';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ADA, testConfig } from '../../__testUtils__/createTestHost';
import { testDatabases } from '../../__testUtils__/databases';
import { quietLogger, quietServices } from '../../__testUtils__/quietServices';
import {
  createSamplePlanner,
  createWorldTool,
  SampleWorld,
} from '../../__testUtils__/sampleWorld';
import { createHost } from '../../createHost';
import { AgenticDatabase } from '../../database/AgenticDatabase';
import { InProcessWorkflowEngine } from '../../engine';
import { Registry } from '../Registry';

jest.setTimeout(60_000);

/** Everything that can be reached from a value by following properties, own or inherited, but not by calling. */
function reachable(from: unknown): object[] {
  const found = new Set<object>();
  const open = [from];
  while (open.length > 0) {
    const next = open.pop();
    const isObject =
      (typeof next === 'object' && next !== null) || typeof next === 'function';
    if (!isObject || found.has(next) || isOfTheLanguage(next)) continue;
    found.add(next);
    for (const key of Reflect.ownKeys(next)) {
      const property = Reflect.getOwnPropertyDescriptor(next, key);
      open.push(property?.value, property?.get, property?.set);
    }
    open.push(Reflect.getPrototypeOf(next));
  }
  return [...found];
}

function isOfTheLanguage(value: object): boolean {
  return [
    Object.prototype,
    Function.prototype,
    Promise.prototype,
    Array.prototype,
    AbortSignal,
    AbortSignal.prototype,
    Map.prototype,
  ].includes(value);
}

const looksLikeATool = (value: object): boolean =>
  'execute' in value && 'dryRun' in value;
const looksLikeADatabase = (value: object): boolean =>
  'raw' in value && 'schema' in value;

describe('an agent that wants to get round the guard', () => {
  const databases = testDatabases();

  it('finds no tool, registry or database in its context, and is refused by each way it is given', async () => {
    const knex = await databases.open('SQLite');
    const database = await AgenticDatabase.create({
      getClient: async () => knex,
    });
    const folder = mkdtempSync(join(tmpdir(), 'agentic-bypass-'));
    const world = new SampleWorld(folder);
    const tool = createWorldTool(world);
    let seen: object[] = [];
    const answers: Record<string, string> = {};

    async function attempt(
      what: string,
      call: () => Promise<unknown>,
    ): Promise<void> {
      answers[what] = await call().then(
        () => 'let through',
        error => String(error.message),
      );
    }
    async function tryEverything(
      context: AgentExecutionContext<unknown>,
    ): Promise<void> {
      seen = reachable(context);
      const params = { name: 'stolen' };
      const { tools, effects } = context;
      await attempt('read', () => tools.read('world.make', params));
      await attempt('undeclared', () => tools.read('world.other', params));
      await attempt('apply', () => effects.apply('stolen'));
      await attempt('proto', () => effects.apply('__proto__'));
      await attempt('replace', async () => {
        Object.assign(context.tools, { lane: 'execute' });
        Object.assign(context.effects, { approved: true });
        return effects.apply('stolen');
      });
    }

    const registry = new Registry();
    registry.setPlanner(createSamplePlanner([{ id: 't1', makes: ['x'] }]));
    registry.addTool(tool);
    registry.addAgent(
      createAgent({
        id: 'maker',
        title: 'Maker',
        description: 'Wants more than it may',
        version: '1.0.0',
        lane: 'execute',
        input: z.unknown(),
        output: z.unknown(),
        emits: [],
        tools: ['world.make'],
        plan: async () => [],
        execute: tryEverything,
      }),
    );
    const host = createHost({
      config: { ...testConfig(folder), lanes: { maker: 'execute' } },
      database,
      registry,
      logger: quietLogger,
      ...quietServices(),
      memberships: { of: async () => undefined },
      engine: new InProcessWorkflowEngine({ logger: quietLogger }),
    });
    await host.launch();
    const parameters = { serviceName: 'bypass', environment: 'staging' };
    await host.workflows.create(
      { template: 'sample', dryRun: false, parameters },
      ADA,
    );
    while (!('replace' in answers)) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    await host.shutdown();

    expect(seen.length).toBeGreaterThan(20);
    expect(seen.filter(value => value === tool)).toEqual([]);
    expect(seen.filter(value => value === registry)).toEqual([]);
    expect(seen.filter(looksLikeATool)).toEqual([]);
    expect(seen.filter(looksLikeADatabase)).toEqual([]);
    expect(answers).toEqual({
      read: expect.stringContaining('changes the world'),
      undeclared: expect.stringContaining('has not declared'),
      apply: expect.stringContaining('did not propose'),
      proto: expect.stringContaining('did not propose'),
      replace: expect.stringContaining('did not propose'),
    });
    expect(world.ledger).toEqual([]);
  });
});
