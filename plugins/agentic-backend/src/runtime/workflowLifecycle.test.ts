import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ADA,
  BEN,
  CHIARA,
  createTestHost,
  testConfig,
  type TestHost,
} from '../__testUtils__/createTestHost';
import { testDatabases } from '../__testUtils__/databases';
import {
  DIAMOND,
  SampleWorld,
  type SampleFaults,
  type SampleTask,
} from '../__testUtils__/sampleWorld';

jest.setTimeout(60_000);

describe('a workflow', () => {
  const databases = testDatabases();

  describe.each(databases.names)('on %s', name => {
    let host: TestHost;
    let world: SampleWorld;

    const start = async (
      options: { faults?: SampleFaults; tasks?: readonly SampleTask[] } = {},
    ): Promise<void> => {
      world = new SampleWorld(mkdtempSync(join(tmpdir(), 'agentic-world-')));
      host = await createTestHost({
        knex: await databases.open(name),
        world,
        ...options,
      });
    };
    afterEach(() => host.shutdown());

    it('makes nothing before approval and everything once after it', async () => {
      await start();
      const id = await host.create({});
      await host.reaches(id, 'awaiting_approval');
      expect(world.ledger).toEqual([]);
      expect(await host.statuses(id)).toMatchObject({
        t1: 'completed',
        t2: 'completed',
        t3: 'awaiting_approval',
        t4: 'pending',
      });
      await host.approve(id);
      await host.reaches(id, 'completed');
      expect(world.ledger).toEqual(['made repo', 'made process']);
    });

    it('runs independent tasks side by side', async () => {
      let running = 0;
      let most = 0;
      await start({
        faults: {
          duringWork: async taskId => {
            if (taskId === 't1' || taskId === 't2') {
              most = Math.max(most, ++running);
              await sleep(300);
              running -= 1;
            }
          },
        },
      });
      const id = await host.create({});
      await host.reaches(id, 'awaiting_approval');
      expect(most).toBe(2);
    });

    it('tries a failing task again and says so', async () => {
      await start({
        faults: {
          duringWork: (taskId, attempt) => {
            if (taskId === 't1' && attempt < 3)
              throw new Error(`attempt ${attempt} broke`);
          },
        },
      });
      const id = await host.create({});
      await host.reaches(id, 'awaiting_approval');
      const messages = await host.messages(id);
      expect(
        messages.filter(message => message.includes('broke')),
      ).toHaveLength(2);
      expect(messages).toContain('Started, attempt 3');
    });

    it('fails with the reason when the attempts are used up, and goes on after a retry', async () => {
      let broken = true;
      await start({
        faults: {
          duringWork: taskId => {
            if (taskId === 't1' && broken) throw new Error('the disk is full');
          },
        },
      });
      const id = await host.create({});
      await host.reaches(id, 'failed');
      const row = await host.host.store.row(id);
      expect(row?.error).toContain('the disk is full');
      broken = false;
      await host.host.workflows.retry(id, 'user:default/ada', {
        reason: 'fixed',
      });
      await host.reaches(id, 'awaiting_approval');
      await host.approve(id);
      await host.reaches(id, 'completed');
      expect(world.ledger).toEqual(['made repo', 'made process']);
    });

    it('undoes what was done, last first, when a later task fails, and can be retried', async () => {
      let broken = true;
      await start({
        faults: {
          duringWork: taskId => {
            if (taskId === 't4' && broken) throw new Error('not healthy');
          },
        },
      });
      const id = await host.create({});
      await host.reaches(id, 'awaiting_approval');
      await host.approve(id);
      await host.reaches(id, 'rolled_back');
      expect(world.ledger).toEqual([
        'made repo',
        'made process',
        'removed process',
        'removed repo',
      ]);
      broken = false;
      await host.host.workflows.retry(id, 'user:default/ada', { reason: '' });
      await host.reaches(id, 'awaiting_approval');
      await host.approve(id);
      await host.reaches(id, 'completed');
      expect(world.ledger.slice(4)).toEqual(['made repo', 'made process']);
    });

    it('says what could not be undone, undoes the rest, and does it all again on a retry', async () => {
      let broken = true;
      await start({
        faults: {
          duringWork: taskId => {
            if (taskId === 't4' && broken) throw new Error('not healthy');
          },
          beforeRemove: made => {
            if (made === 'repo' && broken) throw new Error('stuck');
          },
        },
      });
      const id = await host.create({});
      await host.reaches(id, 'awaiting_approval');
      await host.approve(id);
      await host.reaches(id, 'failed');
      expect((await host.host.store.row(id))?.error).toContain(
        'Not everything could be undone',
      );
      expect(await host.statuses(id)).toMatchObject({ t3: 'rolled_back' });
      expect(world.ledger).toEqual([
        'made repo',
        'made process',
        'removed process',
      ]);
      broken = false;
      await host.host.workflows.retry(id, 'user:default/ada', { reason: '' });
      await host.reaches(id, 'awaiting_approval');
      await host.approve(id);
      await host.reaches(id, 'completed');
      expect(world.has('repo') && world.has('process')).toBe(true);
    });

    it('does not say done when the world cannot be seen', async () => {
      await start({
        faults: {
          lookAs: made => (made === 'process' ? 'unknown' : undefined),
        },
      });
      const id = await host.create({});
      await host.reaches(id, 'awaiting_approval');
      await host.approve(id);
      await host.reaches(id, 'rolled_back');
      expect((await host.statuses(id)).t3).toBe('unknown');
      expect((await host.host.store.row(id))?.error).toContain(
        'process is unknown',
      );
    });

    it('fails when nobody decides in time, and asks again on a retry', async () => {
      const knex = await databases.open(name);
      world = new SampleWorld(mkdtempSync(join(tmpdir(), 'agentic-world-')));
      const approvals = {
        ...testConfig('').approvals,
        expiresAfterHours: 1 / 3600,
      };
      host = await createTestHost({ knex, world, config: { approvals } });
      const id = await host.create({});
      await host.reaches(id, 'failed');
      expect((await host.host.store.row(id))?.error).toContain(
        'Nobody decided',
      );
      expect(world.ledger).toEqual([]);
      await host.host.workflows.retry(id, 'user:default/ada', { reason: '' });
      await host.reaches(id, 'awaiting_approval');
      await host.approve(id);
      await host.reaches(id, 'completed');
    });

    it('cancels with the reason of the person who rejects, and makes nothing', async () => {
      await start();
      const id = await host.create({});
      await host.reaches(id, 'awaiting_approval');
      await host.reject(id, 'not this quarter');
      await host.reaches(id, 'cancelled');
      expect((await host.host.store.row(id))?.error).toContain(
        'not this quarter',
      );
      expect(world.ledger).toEqual([]);
    });

    it('undoes everything when it is cancelled in the middle', async () => {
      await start({
        faults: {
          duringWork: async (taskId, _attempt, signal) => {
            if (taskId === 't4') await sleep(20_000, undefined, { signal });
          },
        },
      });
      const id = await host.create({});
      await host.reaches(id, 'awaiting_approval');
      await host.approve(id);
      while ((await host.statuses(id)).t4 !== 'running') await sleep(20);
      await host.host.workflows.cancel(
        id,
        'user:default/ada',
        'changed my mind',
      );
      await host.reaches(id, 'cancelled');
      expect(world.ledger.slice(2)).toEqual([
        'removed process',
        'removed repo',
      ]);
    });

    it('starts nothing while it is paused and goes on when it is resumed', async () => {
      await start();
      const id = await host.create({});
      await host.reaches(id, 'awaiting_approval');
      await host.host.workflows.pause(id, 'user:default/ada', '');
      await host.approve(id);
      await host.reaches(id, 'paused');
      await sleep(300);
      expect(world.ledger).toEqual([]);
      await host.host.workflows.resume(id, 'user:default/ada', '');
      await host.reaches(id, 'completed');
    });

    it('gives a task no more than its time', async () => {
      await start({
        tasks: [{ id: 't1', maxAttempts: 1, timeoutSeconds: 0.3 }],
        faults: { duringWork: () => sleep(20_000, undefined, { ref: false }) },
      });
      const id = await host.create({});
      await host.reaches(id, 'failed');
      expect((await host.host.store.row(id))?.error).toContain('0.3 s');
    });

    it('refuses a second workflow for the same name, and answers the first for the same key', async () => {
      await start();
      const id = await host.create({ idempotencyKey: 'k1' });
      expect(await host.create({ idempotencyKey: 'k1' })).toBe(id);
      // By whom is told to those who may read it; see the router.
      await expect(host.create({})).rejects.toMatchObject({
        message: expect.stringContaining('exists already'),
        workflowId: id,
      });
    });

    it('asks for each of two tasks side by side, and one answer does not undo the other', async () => {
      await start({
        tasks: [
          { id: 't1', makes: ['left'] },
          { id: 't2', makes: ['right'] },
        ],
      });
      const id = await host.create({});
      await host.reaches(id, 'awaiting_approval');
      await host.approve(id);
      while (!world.has('left') && !world.has('right')) await sleep(20);
      await host.reaches(id, 'awaiting_approval');
      await host.approve(id);
      await host.reaches(id, 'completed');
      expect([...world.ledger].sort()).toEqual(['made left', 'made right']);
    });

    it('needs two people in production', async () => {
      await start();
      const id = await host.create({ environment: 'production' });
      await host.reaches(id, 'awaiting_approval');
      await expect(host.approve(id, ADA)).rejects.toThrow(
        'somebody else has to decide',
      );
      await expect(host.approve(id, BEN)).rejects.toThrow('signs first');
      await host.approve(id, CHIARA);
      await expect(host.approve(id, CHIARA)).rejects.toThrow(
        'signed this approval already',
      );
      expect(world.ledger).toEqual([]);
      await host.approve(id, BEN);
      await host.reaches(id, 'completed');
    });

    it('goes on after the engine has forgotten everything', async () => {
      const knex = await databases.open(name);
      world = new SampleWorld(mkdtempSync(join(tmpdir(), 'agentic-world-')));
      host = await createTestHost({ knex, world });
      const id = await host.create({});
      await host.reaches(id, 'awaiting_approval');
      await host.shutdown();
      host = await createTestHost({ knex, world, tasks: DIAMOND });
      await host.approve(id);
      await host.reaches(id, 'completed');
      expect(world.ledger).toEqual(['made repo', 'made process']);
    });
  });
});
