import type { Lane } from '@agentic-backstage/plugin-agentic-common';
import { createAgent } from '@agentic-backstage/plugin-agentic-node';
import { verifyRecord } from '@agentic-backstage/change-record';
import type { Knex } from 'knex';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createTestHost, type TestHost } from '../__testUtils__/createTestHost';
import { testDatabases } from '../__testUtils__/databases';
import { SampleWorld } from '../__testUtils__/sampleWorld';
import { loadRecord } from '../changeRecord/loadRecord';
import { AgenticDatabase } from '../database/AgenticDatabase';
import { Registry } from '../runtime/Registry';
import { Lanes } from './Lanes';

jest.setTimeout(60_000);

const databases = testDatabases();
const ADA = 'user:default/ada';

function anAgent(id: string, lane: Lane = 'execute') {
  return createAgent({
    id,
    title: id,
    description: id,
    version: '1.2.3',
    lane,
    input: z.unknown(),
    output: z.unknown(),
    emits: [],
    tools: [],
    execute: async () => undefined,
  });
}

describe.each(databases.names)('Lanes on %s', name => {
  let knex: Knex;
  const builtIn = anAgent('helmsman');
  const scribe = anAgent('scribe');
  const reader = anAgent('reader', 'read_only');

  async function aPortal(): Promise<Lanes> {
    const registry = new Registry();
    [builtIn, scribe, reader].forEach(agent => registry.addAgent(agent));
    return new Lanes({ knex, registry, wake: async () => undefined });
  }
  const start = async (lanes: Lanes, configured: Record<string, Lane> = {}) => {
    await lanes.start({ builtIn: new Set([builtIn, reader]), configured });
    return lanes;
  };

  beforeEach(async () => {
    knex = await databases.open(name);
    await AgenticDatabase.create({ getClient: async () => knex });
  });

  it('lets what comes with the framework do what it declares, and says so', async () => {
    const lanes = await start(await aPortal());
    expect(await lanes.of('helmsman')).toMatchObject({
      effective: 'execute',
      changes: [
        {
          source: 'bootstrap',
          from: 'read_only',
          to: 'execute',
          changedBy: 'system',
          agentVersion: '1.2.3',
        },
      ],
    });
    expect((await lanes.of('reader')).changes).toEqual([]);
  });

  it('lets an agent of somebody else only read, also one with the same declaration', async () => {
    const lanes = await start(await aPortal());
    expect(await lanes.of('scribe')).toEqual({
      agent: 'scribe',
      declared: 'execute',
      promoted: 'read_only',
      effective: 'read_only',
      next: 'dry_run',
      changes: [],
    });
  });

  it('does what the configuration says, once, and never above the declaration', async () => {
    const configured = { scribe: 'dry_run', reader: 'execute' } as const;
    const lanes = await start(await aPortal(), configured);
    await start(await aPortal(), configured);
    expect(await lanes.of('scribe')).toMatchObject({
      effective: 'dry_run',
      changes: [{ source: 'configuration' }],
    });
    expect((await lanes.of('reader')).effective).toBe('read_only');
  });

  it('keeps what a person decided over a restart, until the configuration says something new', async () => {
    const lanes = await start(await aPortal(), { scribe: 'execute' });
    await lanes.change(
      'scribe',
      { lane: 'read_only', reason: 'It wrote to the wrong place', after: 1 },
      ADA,
    );
    const again = await start(await aPortal(), { scribe: 'execute' });
    expect((await again.of('scribe')).effective).toBe('read_only');
    const told = await start(await aPortal(), { scribe: 'dry_run' });
    expect((await told.of('scribe')).effective).toBe('dry_run');
  });

  it('gives the bootstrap promotion once when two processes start together', async () => {
    const both = await Promise.all([aPortal(), aPortal()]);
    await Promise.all(both.map(lanes => start(lanes)));
    expect((await both[0].of('helmsman')).changes).toHaveLength(1);
  });

  it('records who promoted, why and what was seen, and puts it on the change record', async () => {
    const lanes = await start(await aPortal());
    const after = await lanes.change(
      'scribe',
      {
        lane: 'dry_run',
        reason: 'For the trial in staging',
        evidence: { seen: 'Its tests and its code' },
        after: 0,
      },
      ADA,
    );
    expect(after).toMatchObject({
      effective: 'dry_run',
      next: 'execute',
      changes: [
        {
          source: 'person',
          changedBy: ADA,
          reason: 'For the trial in staging',
          evidence: { seen: 'Its tests and its code', workflows: [] },
        },
      ],
    });
    await lanes.change(
      'scribe',
      { lane: 'read_only', reason: 'Enough', after: 1 },
      ADA,
    );
    const record = await loadRecord(knex, 'system');
    expect(verifyRecord(record).status).toBe('intact');
    expect(
      record.entries
        .filter(({ subject }) => subject === 'agent:scribe')
        .map(({ kind, actor }) => [kind, actor]),
    ).toEqual([
      ['lane.promoted', ADA],
      ['lane.demoted', ADA],
    ]);
  });

  it('refuses to change what somebody else has changed since', async () => {
    const lanes = await start(await aPortal());
    const wish = {
      lane: 'dry_run',
      reason: 'r',
      evidence: { seen: 's' },
      after: 0,
    } as const;
    const both = await Promise.allSettled([
      lanes.change('scribe', wish, ADA),
      lanes.change('scribe', wish, 'user:default/ben'),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    expect((await lanes.of('scribe')).changes).toHaveLength(1);
    await expect(
      lanes.change('scribe', { ...wish, lane: 'read_only' }, ADA),
    ).rejects.toThrow('was changed since you looked');
  });

  it('knows no agent that is not registered', async () => {
    await expect((await aPortal()).of('ghost')).rejects.toThrow(
      "No agent 'ghost'",
    );
  });
});

describe.each(databases.names)('A workflow on %s', name => {
  let host: TestHost;
  let world: SampleWorld;

  async function aHost(lane: Lane): Promise<void> {
    const knex = await databases.open(name);
    world = new SampleWorld(mkdtempSync(join(tmpdir(), 'agentic-lanes-')));
    host = await createTestHost({
      knex,
      world,
      config: { lanes: { maker: lane } },
    });
  }
  afterEach(() => host.shutdown());

  const heldBecause = async (id: string) => {
    for (let tries = 0; tries < 500; tries++) {
      const stored = await host.host.store.get(id);
      const held = stored?.tasks.find(task => task.held_because !== null);
      if (held) return held.held_because;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    throw new Error('No task is held');
  };

  it('is refused when its agent may only read', async () => {
    await aHost('read_only');
    await expect(host.create({})).rejects.toThrow(
      "'Task t3' is the work of agent 'maker', which is in lane read_only",
    );
  });

  it('shows its dry run and waits in lane dry_run, and goes on when the agent is promoted for it', async () => {
    await aHost('dry_run');
    const id = await host.create({});
    expect(await heldBecause(id)).toContain("agent 'maker' is in lane dry_run");
    expect((await host.statuses(id)).t3).toBe('preparing');
    expect(world.ledger).toEqual([]);
    expect(await host.host.approvals.list({ workflowId: id })).toEqual([]);

    const after = await host.host.lanes.change(
      'maker',
      {
        lane: 'execute',
        reason: 'The dry run is what we want',
        evidence: { seen: 'Two files, as asked', workflows: [id] },
        after: 1,
      },
      ADA,
    );
    expect(after.changes[0].evidence?.workflows).toEqual([
      { workflowId: id, dryRuns: 2, denied: 0 },
    ]);
    await host.reaches(id, 'awaiting_approval');
    await host.approve(id);
    await host.reaches(id, 'completed');
    expect(world.ledger).toEqual(['made repo', 'made process']);
  });

  it('waits with an approved change when its agent is demoted, and loses nothing', async () => {
    await aHost('execute');
    const id = await host.create({});
    await host.reaches(id, 'awaiting_approval');
    await host.host.lanes.change(
      'maker',
      { lane: 'dry_run', reason: 'Something looks wrong', after: 1 },
      ADA,
    );
    await host.approve(id);
    expect(await heldBecause(id)).toContain("agent 'maker' is in lane dry_run");
    expect(world.ledger).toEqual([]);
    await host.host.lanes.change(
      'maker',
      {
        lane: 'execute',
        reason: 'It was right',
        evidence: { seen: 'The same dry run again', workflows: [id] },
        after: 2,
      },
      ADA,
    );
    await host.reaches(id, 'completed');
    const [task] = (await host.host.store.get(id))!.tasks.filter(
      each => each.task_id === 't3',
    );
    expect(task).toMatchObject({ attempt: 1, held_because: null });
  });

  it('can be cancelled while it waits', async () => {
    await aHost('dry_run');
    const id = await host.create({});
    await heldBecause(id);
    await host.host.workflows.cancel(id, ADA, 'Not needed');
    await host.reaches(id, 'cancelled');
    expect(world.ledger).toEqual([]);
  });
});
