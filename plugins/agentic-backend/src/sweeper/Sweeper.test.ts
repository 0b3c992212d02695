import type {
  SweepCandidate,
  SweepTask,
} from '@agentic-backstage/plugin-agentic-node';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestHost, type TestHost } from '../__testUtils__/createTestHost';
import { testDatabases } from '../__testUtils__/databases';
import { SampleWorld } from '../__testUtils__/sampleWorld';

const databases = testDatabases();
const CHIARA = 'user:default/chiara';
const LONG_AGO = '2026-01-01T00:00:00.000Z';
jest.setTimeout(60_000);

/** Things in memory that a tool could have left behind. */
class SampleLitter {
  readonly things = new Map<string, SweepCandidate>();
  readonly removed: string[] = [];
  beforeRemove?: (id: string) => void | Promise<void>;

  leave(id: string, belongsTo: SweepCandidate['belongsTo'] = {}): void {
    this.things.set(id, {
      id,
      title: `Thing ${id}`,
      reason: 'Nobody asked for it since January',
      action: 'deleted',
      belongsTo,
    });
  }

  task(sweepClass: SweepTask['class']): SweepTask {
    return {
      id: `litter.${sweepClass}`,
      title: 'Litter',
      class: sweepClass,
      find: async () => [...this.things.values()],
      remove: async ({ id }) => {
        await this.beforeRemove?.(id);
        this.things.delete(id);
        this.removed.push(id);
        return { state: 'absent', evidence: 'gone', observedAt: LONG_AGO };
      },
    };
  }
}

describe.each(databases.names)('Sweeper on %s', name => {
  let host: TestHost;
  let litter: SampleLitter;
  let world: SampleWorld;

  async function start(
    sweepClass: SweepTask['class'] = 'repositories',
    options: Partial<Parameters<typeof createTestHost>[0]> = {},
  ): Promise<void> {
    litter = new SampleLitter();
    world = new SampleWorld(mkdtempSync(join(tmpdir(), 'agentic-world-')));
    host = await createTestHost({
      knex: await databases.open(name),
      world,
      sweepTasks: [litter.task(sweepClass)],
      ...options,
    });
  }

  afterEach(() => host.shutdown());

  /** A workflow that came to its end long ago. */
  async function anOldWorkflow(serviceName = 'old'): Promise<string> {
    const id = await host.create({ serviceName });
    await host.reaches(id, 'awaiting_approval');
    await host.host.workflows.cancel(id, CHIARA, '');
    await host.reaches(id, 'cancelled');
    await host.database
      .knex('workflows')
      .where('id', id)
      .update({ updated_at: LONG_AGO });
    return id;
  }

  const run = async (reportDigest: string) => {
    const { sweeper } = host.host;
    await sweeper.run({ reportDigest, by: CHIARA, reason: 'tidying up' });
    await sweeper.idle();
    return (await sweeper.latest(1))[0];
  };

  it('removes exactly what the report said, and puts each thing on record', async () => {
    await start();
    const old = await anOldWorkflow();
    litter.leave('a', { workflows: [old] });
    litter.leave('b', { workflows: [old], services: ['old'] });
    const { sweeper } = host.host;
    const report = await sweeper.dryRun(CHIARA);
    expect(litter.removed).toEqual([]);
    expect(report.items.map(item => item.id)).toEqual(['a', 'b']);
    expect(report.items[0]).toEqual({
      task: 'litter.repositories',
      class: 'repositories',
      id: 'a',
      title: 'Thing a',
      reason: 'Nobody asked for it since January',
      action: 'deleted',
    });
    const swept = await run(report.reportDigest);
    expect(litter.removed).toEqual(['a', 'b']);
    expect(swept).toMatchObject({
      status: 'done',
      startedBy: CHIARA,
      items: [
        { id: 'a', outcome: 'removed', evidence: 'gone' },
        { id: 'b', outcome: 'removed', evidence: 'gone' },
      ],
    });
    const kinds = await host.database
      .knex('record_entries')
      .where('kind', 'like', 'sweep.%')
      .orderBy('seq')
      .pluck('kind');
    expect(kinds).toEqual([
      'sweep.reported',
      'sweep.started',
      'sweep.settled',
      'sweep.settled',
      'sweep.done',
    ]);
  });

  it('keeps what belongs to anything living, and says to what', async () => {
    await start();
    const old = await anOldWorkflow();
    const parked = await host.create({ serviceName: 'parked' });
    await host.reaches(parked, 'awaiting_approval');
    litter.leave('of-old', { workflows: [old] });
    litter.leave('of-parked', { workflows: [parked] });
    litter.leave('of-service', { services: ['parked'] });
    litter.leave('of-nobody');
    litter.leave('of-stranger', { workflows: ['wf-elsewhere'] });
    const report = await host.host.sweeper.dryRun(CHIARA);
    expect(report.items.map(item => item.id)).toEqual(['of-old']);
    expect(report.kept.map(({ id, reason }) => [id, reason])).toEqual([
      ['of-parked', expect.stringContaining(parked)],
      ['of-service', expect.stringContaining('service parked')],
      ['of-nobody', expect.stringContaining('whose it is')],
      ['of-stranger', expect.stringContaining('not on record here')],
    ]);
  });

  it('refuses a report when something has changed since', async () => {
    await start();
    const old = await anOldWorkflow();
    litter.leave('a', { workflows: [old] });
    const { reportDigest } = await host.host.sweeper.dryRun(CHIARA);
    litter.leave('b', { workflows: [old] });
    await expect(run(reportDigest)).rejects.toThrow(
      'What would go has changed since the report',
    );
    await expect(run('f'.repeat(64))).rejects.toThrow('make a dry run first');
    expect(litter.removed).toEqual([]);
  });

  it('refuses a report that is too old', async () => {
    await start();
    litter.leave('a', { workflows: [await anOldWorkflow()] });
    const { reportDigest } = await host.host.sweeper.dryRun(CHIARA);
    await host.database.knex('sweep_reports').update({ valid_until: LONG_AGO });
    await expect(run(reportDigest)).rejects.toThrow(
      `The report was valid until ${LONG_AGO}; make a dry run again`,
    );
  });

  it('keeps what came to life between report and removal', async () => {
    await start();
    const old = await anOldWorkflow();
    litter.leave('a', { workflows: [old] });
    litter.leave('b', { workflows: [old], services: ['reborn'] });
    const { reportDigest } = await host.host.sweeper.dryRun(CHIARA);
    litter.beforeRemove = async id => {
      if (id === 'a') await host.create({ serviceName: 'reborn' });
    };
    const swept = await run(reportDigest);
    expect(swept.items.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['a', 'removed'],
      ['b', 'kept'],
    ]);
    expect(litter.removed).toEqual(['a']);
  });

  it('goes on after a failure, and tells what failed', async () => {
    await start();
    const old = await anOldWorkflow();
    litter.leave('a', { workflows: [old] });
    litter.leave('b', { workflows: [old] });
    litter.beforeRemove = id => {
      if (id === 'a') throw new Error('it is held open');
    };
    const { reportDigest } = await host.host.sweeper.dryRun(CHIARA);
    expect((await run(reportDigest)).items).toMatchObject([
      { id: 'a', outcome: 'failed', evidence: 'it is held open' },
      { id: 'b', outcome: 'removed' },
    ]);
  });

  it('goes on where a dead process left off, and removes nothing twice', async () => {
    await start();
    const old = await anOldWorkflow();
    for (const id of ['a', 'b', 'c']) litter.leave(id, { workflows: [old] });
    const { sweeper } = host.host;
    const { reportDigest } = await sweeper.dryRun(CHIARA);
    // The process stops while it removes the first thing.
    litter.beforeRemove = () => {
      litter.beforeRemove = undefined;
      sweeper.shutdown();
    };
    const interrupted = await run(reportDigest);
    expect(interrupted.status).toBe('running');
    expect(litter.removed).toEqual(['a']);
    const { knex } = host.database;
    const next = await createTestHost({
      knex,
      world,
      sweepTasks: [litter.task('repositories')],
    });
    await next.host.sweeper.scheduled();
    expect(litter.removed).toEqual(['a', 'b', 'c']);
    expect((await next.host.sweeper.latest(1))[0].status).toBe('done');
    await next.shutdown();
  });

  it('lets only one sweep go at a time', async () => {
    await start();
    const old = await anOldWorkflow();
    litter.leave('a', { workflows: [old] });
    const { sweeper } = host.host;
    const { reportDigest } = await sweeper.dryRun(CHIARA);
    let release: () => void = () => undefined;
    litter.beforeRemove = () =>
      new Promise<void>(resolve => {
        release = resolve;
      });
    await sweeper.run({ reportDigest, by: CHIARA, reason: '' });
    await expect(
      sweeper.run({ reportDigest, by: CHIARA, reason: '' }),
    ).rejects.toThrow('Another sweep is under way');
    release();
    await sweeper.idle();
    expect(litter.removed).toEqual(['a']);
  });

  it('sweeps by itself only what the configuration lets go', async () => {
    await start('processes');
    litter.leave('p', { workflows: [await anOldWorkflow()] });
    const { knex } = host.database;
    await knex('outbox').insert({
      event_id: 'old',
      kind: 'event',
      payload: '{}',
      status: 'delivered',
      due_at: LONG_AGO,
      created_at: LONG_AGO,
      delivered_at: LONG_AGO,
    });
    await knex('blobs').insert({ digest: 'f'.repeat(64), content: 'lost' });
    const blobs = await knex('blobs');
    await host.host.sweeper.scheduled();
    expect(litter.removed).toEqual([]);
    expect(await knex('outbox').where('event_id', 'old')).toEqual([]);
    expect(await knex('blobs')).toHaveLength(blobs.length - 1);
    const [swept] = await host.host.sweeper.latest(1);
    expect(swept.startedBy).toBe('system');
    expect(new Set(swept.items.map(item => item.class))).toEqual(
      new Set(['rows']),
    );
  });

  it('tells of a task that cannot look, and of the others all the same', async () => {
    await start('files', {
      sweepTasks: [
        {
          id: 'broken.files',
          title: 'Broken',
          class: 'files',
          find: async () => {
            throw new Error('the disk is away');
          },
          remove: async () => {
            throw new Error('never called');
          },
        },
      ],
    });
    await host.database
      .knex('blobs')
      .insert({ digest: 'f'.repeat(64), content: 'lost' });
    const report = await host.host.sweeper.dryRun(CHIARA);
    expect(report.failures).toEqual([
      { task: 'broken.files', message: 'the disk is away' },
    ]);
    expect(report.items.map(item => item.title)).toEqual([
      '1 contents of files',
    ]);
  });

  describe('what could not be undone', () => {
    let broken = true;
    async function aStuckWorkflow(): Promise<string> {
      broken = true;
      await start('repositories', {
        faults: {
          duringWork: taskId => {
            if (taskId === 't4') throw new Error('not healthy');
          },
          beforeRemove: made => {
            if (made === 'repo' && broken) throw new Error('stuck');
          },
        },
      });
      const id = await host.create({ serviceName: 'stuck' });
      await host.reaches(id, 'awaiting_approval');
      await host.approve(id);
      await host.reaches(id, 'failed');
      return id;
    }

    it('is reported, is never swept, and is undone when a person tries again', async () => {
      const workflowId = await aStuckWorkflow();
      await host.database.knex('workflows').update({ updated_at: LONG_AGO });
      litter.leave('a', { workflows: [workflowId] });
      const { sweeper, undoAgain, store } = host.host;
      const report = await sweeper.dryRun(CHIARA);
      expect(report.items).toEqual([]);
      expect(report.stuckEffects).toMatchObject([
        { workflowId, serviceName: 'stuck', tool: 'world.make' },
      ]);
      const [{ effectId }] = report.stuckEffects;
      const again = { workflowId, effectId, by: CHIARA, reason: 'unlocked' };
      expect(await undoAgain.undo(again)).toMatchObject({ undone: false });
      broken = false;
      expect(await undoAgain.undo(again)).toMatchObject({
        effectId,
        undone: true,
        evidence: 'repo is gone',
      });
      expect(world.has('repo')).toBe(false);
      expect(await store.claimHolder('stuck')).toBeUndefined();
      expect((await store.row(workflowId))?.phase).toBe('rolled_back');
      await expect(undoAgain.undo(again)).rejects.toThrow(
        'This effect is rolled_back',
      );
      expect((await sweeper.dryRun(CHIARA)).stuckEffects).toEqual([]);
    });

    it('cannot be undone again for another workflow, nor once a retry relies on it', async () => {
      const workflowId = await aStuckWorkflow();
      const { sweeper, undoAgain, workflows } = host.host;
      const [{ effectId }] = (await sweeper.dryRun(CHIARA)).stuckEffects;
      const other = await host.create({ serviceName: 'other' });
      await expect(
        undoAgain.undo({ workflowId: other, effectId, by: CHIARA, reason: '' }),
      ).rejects.toThrow(`Workflow '${other}' has no effect`);
      await workflows.retry(workflowId, CHIARA, { reason: '' });
      await expect(
        undoAgain.undo({ workflowId, effectId, by: CHIARA, reason: '' }),
      ).rejects.toThrow('wait until it is at its end');
    });
  });
});
