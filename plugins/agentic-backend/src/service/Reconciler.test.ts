import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CountingEngine } from '../__testUtils__/CountingEngine';
import { createTestHost } from '../__testUtils__/createTestHost';
import { testDatabases } from '../__testUtils__/databases';
import { quietLogger } from '../__testUtils__/quietServices';
import { SampleWorld } from '../__testUtils__/sampleWorld';
import { InProcessWorkflowEngine } from '../engine';
import type { WorkflowRun } from '../runtime/WorkflowEngine';
import { Reconciler } from './Reconciler';

jest.setTimeout(60_000);

/** An engine that loses every wake-up while it is told to. */
class ForgetfulEngine extends InProcessWorkflowEngine {
  forgets = true;

  override async signal(run: WorkflowRun): Promise<void> {
    if (!this.forgets) await super.signal(run);
  }
}

describe('Reconciler', () => {
  const databases = testDatabases();

  it.each(databases.names)(
    'makes good a wake-up that was lost, on %s',
    async name => {
      const world = new SampleWorld(
        mkdtempSync(join(tmpdir(), 'agentic-lost-')),
      );
      const engine = new ForgetfulEngine({ logger: quietLogger });
      let asleep = false;
      const host = await createTestHost({
        knex: await databases.open(name),
        world,
        engine: new CountingEngine(engine, step => {
          asleep ||= step === 'after advancing t3 (wait)';
        }),
      });
      const { database } = host;
      const reconciler = new Reconciler({
        database,
        store: host.host.store,
        engine,
        logger: quietLogger,
      });
      const id = await host.create({});
      await host.reaches(id, 'awaiting_approval');
      while (!asleep) await sleep(20);
      await host.approve(id);
      await expect(host.reaches(id, 'completed', 500)).rejects.toThrow(
        'awaiting_approval',
      );
      engine.forgets = false;
      await reconciler.reconcile();
      await host.reaches(id, 'completed');
      await host.shutdown();
    },
  );

  it.each(databases.names)(
    'starts what has a row and no run, on %s',
    async name => {
      const world = new SampleWorld(
        mkdtempSync(join(tmpdir(), 'agentic-norun-')),
      );
      const knex = await databases.open(name);
      const before = await createTestHost({ knex, world });
      const id = await before.create({});
      await before.reaches(id, 'awaiting_approval');
      await before.shutdown();
      const after = await createTestHost({ knex, world });
      await after.approve(id);
      await after.reaches(id, 'completed');
      expect(world.ledger).toEqual(['made repo', 'made process']);
      await after.shutdown();
    },
  );
});
