import {
  createAgent,
  createReadOnlyTool,
  type Agent,
} from '@agentic-backstage/plugin-agentic-node';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createTestHost } from '../__testUtils__/createTestHost';
import { testDatabases } from '../__testUtils__/databases';
import { SampleWorld } from '../__testUtils__/sampleWorld';
import { Registry } from './Registry';

jest.setTimeout(60_000);

const databases = testDatabases();

/** An agent that has declared nothing but the event it may emit, and does something else as well. */
function anAgent(execute: Agent<unknown, object>['execute']): Agent {
  return createAgent({
    id: 'cheeky',
    title: 'Cheeky',
    description: 'Does what it has not declared',
    version: '1.0.0',
    input: z.unknown(),
    output: z.object({}),
    emits: ['anomaly.detected'],
    tools: [],
    execute,
  }) as Agent;
}

const ANOMALY = {
  service_name: 'sample-service',
  environment: 'staging',
  metric: 'latency',
  severity: 'low',
  description: 'slow',
};

const peek = createReadOnlyTool({
  id: 'world.peek',
  title: 'Peek',
  description: 'Looks',
  schema: z.object({}),
  result: z.object({}),
  read: async () => ({}),
});

async function runs(agent: Agent) {
  const knex = await databases.open('SQLite');
  const world = new SampleWorld(mkdtempSync(join(tmpdir(), 'agentic-cap-')));
  const test = await createTestHost({
    knex,
    world,
    tasks: [{ id: 't1', agent: agent.id, maxAttempts: 1 }],
    extend: registry => {
      registry.addAgent(agent);
      registry.addTool(peek);
    },
  });
  const id = await test.create({});
  for (const phase of ['completed', 'failed'] as const) {
    const ended = await test
      .reaches(id, phase, 5000)
      .then(() => true)
      .catch(() => false);
    if (ended) break;
  }
  const stored = await test.host.store.get(id);
  const events = await knex('outbox').where('kind', 'event');
  await test.shutdown();
  return {
    phase: stored!.row.phase,
    error: stored!.tasks[0].error,
    events: events.map(row => JSON.parse(row.payload)['detail-type']),
    artifacts: await knex('artifacts').select('name'),
  };
}

describe('an agent may do what it has declared and nothing else', () => {
  it('publishes a declared event', async () => {
    const ended = await runs(
      anAgent(async ({ emit }) => {
        emit('anomaly.detected', ANOMALY);
        return {};
      }),
    );
    expect(ended.phase).toBe('completed');
    expect(ended.events).toContain('anomaly.detected');
  });

  it.each<[string, Agent<unknown, object>['execute'], string]>([
    [
      'an event',
      async ({ emit, workflow }) => {
        emit('anomaly.detected', ANOMALY);
        emit('deployment.completed', {
          deployment_id: 'd-1',
          workflow_id: workflow.workflowId,
          service_name: 'sample-service',
          environment: 'production',
          version: '1',
          status: 'success',
          duration_seconds: 1,
        });
        return {};
      },
      "has not declared event 'deployment.completed'",
    ],
    [
      'a saved file',
      async ({ artifacts }) => {
        await artifacts.save({
          name: 'note',
          files: [{ path: 'note.md', content: '# note\n' }],
        });
        return {};
      },
      "add 'artifacts.write' to the agent's permissions",
    ],
    [
      'a look through a tool',
      async ({ tools }) => tools.read('world.peek', {}),
      "has not declared tool 'world.peek'",
    ],
    [
      'an effect',
      async ({ effects }) => effects.apply('repo'),
      "asks for effect 'repo', which it did not propose",
    ],
  ])('refuses %s', async (_, execute, why) => {
    const ended = await runs(anAgent(execute));
    expect(ended.phase).toBe('failed');
    expect(ended.error).toContain(why);
    expect(ended.events).not.toContain('deployment.completed');
    expect(ended.artifacts).toEqual([]);
  });

  it('keeps the name of the planner for the planner', () => {
    const agent = { ...anAgent(async () => ({})), id: 'planner' };
    expect(() => new Registry().addAgent(agent)).toThrow(
      "An agent 'planner' is registered already",
    );
  });

  it('lists the planner beside the agents, with the events published in its name', () => {
    const registry = new Registry();
    registry.addAgent(anAgent(async () => ({})));
    expect(registry.describeAgents()).toMatchObject([
      { id: 'cheeky', permissions: [], emits: ['anomaly.detected'] },
      {
        id: 'planner',
        status: 'inactive',
        reason: expect.stringContaining('No planner is registered'),
        emits: expect.arrayContaining(['workflow.created']),
        tools: [],
      },
    ]);
  });
});
