import createKnex from 'knex';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createWorkflowEngine } from '../engine';
import { CountingEngine } from './CountingEngine';
import { BEN, createTestHost } from './createTestHost';
import { quietLogger } from './quietServices';
import { SampleWorld } from './sampleWorld';

/** What the parent asks of this process; see `crashWalk.test.ts` and `stopAndCrash.test.ts`. */
interface CrashOptions {
  readonly folder: string;
  /** The step at which the process kills itself; absent to run to the end. */
  readonly killAt?: number;
  /** A PostgreSQL URL, or SQLite and PGlite in the folder. */
  readonly postgres?: string;
  /** Fails the last task for good, so that the walk passes through compensation. */
  readonly failing?: boolean;
  /** The task that is worked on for a minute, so that the process can be killed in the middle of it. */
  readonly holdAt?: string;
  /** The name of the service, for a second workflow on the same database. */
  readonly name?: string;
  /** The step of the tool at which the maker is stopped; the tool then works on until the process is killed. */
  readonly stopAt?: string;
  /** Says what is held, lets the maker go on, and carries the workflow to its end. */
  readonly release?: boolean;
}

/** Carries one workflow to its end, or dies on the way, and prints what became of it. */
async function main(): Promise<void> {
  const options: CrashOptions = JSON.parse(process.argv[2]);
  let steps = 0;
  const names: string[] = [];
  const atStep = (name: string): void => {
    names.push(name);
    steps += 1;
    if (steps === options.killAt) {
      process.kill(process.pid, 'SIGKILL');
    }
  };
  const knex = options.postgres
    ? createKnex({ client: 'pg', connection: options.postgres })
    : createKnex({
        client: 'better-sqlite3',
        connection: { filename: path.join(options.folder, 'plugin.sqlite') },
        useNullAsDefault: true,
      });
  const engine = options.postgres
    ? createWorkflowEngine({
        kind: 'postgres',
        logger: quietLogger,
        connection: { connectionString: options.postgres },
      })
    : createWorkflowEngine({
        kind: 'pglite',
        logger: quietLogger,
        dataFolder: path.join(options.folder, 'engine'),
      });
  const world = new SampleWorld(path.join(options.folder, 'world'));
  let stopMaker: () => Promise<unknown> = async () => undefined;
  const atTool = async (step: string): Promise<void> => {
    atStep(step);
    if (step !== options.stopAt) return;
    await stopMaker();
    process.stdout.write('stopped\n');
    await sleep(60_000);
  };
  const host = await createTestHost({
    knex,
    world,
    engine: new CountingEngine(engine, atStep),
    faults: {
      beforeMake: made => atTool(`before making ${made}`),
      afterMake: made => atTool(`after making ${made}`),
      duringWork: async (taskId, _attempt, signal) => {
        atStep(`while working on ${taskId}`);
        if (taskId === options.holdAt) {
          process.stdout.write(`holding ${taskId}\n`);
          await sleep(60_000, undefined, { signal });
        }
        if (options.failing && taskId === 't4') {
          throw Object.assign(new Error('refused for good'), {
            name: 'InputError',
          });
        }
      },
    },
  });
  stopMaker = () =>
    host.host.killSwitch.engage({
      agent: 'maker',
      by: BEN.userEntityRef,
      reason: 'a key leaked',
    });
  process.stdout.write('launched\n');
  const name = options.name ?? 'walk-service';
  const id = await host.create({ idempotencyKey: name, serviceName: name });
  if (options.release) {
    await sleep(2000);
    const held = await knex('tasks').whereNotNull('held_because');
    const effects = await knex('effects').where('effect_key', 'repo');
    process.stdout.write(
      `held: ${JSON.stringify({
        tasks: held.map(task => `${task.task_id}: ${task.held_because}`),
        repo: effects.map(effect => effect.status),
        ledger: world.ledger,
      })}\n`,
    );
    await host.host.killSwitch.release(
      { agent: 'maker', reason: 'the key was changed' },
      BEN,
    );
  }
  const end = Date.now() + 60_000;
  for (;;) {
    const row = await host.host.store.row(id);
    if (
      row &&
      ['completed', 'failed', 'cancelled', 'rolled_back'].includes(row.phase)
    ) {
      const published = await knex('outbox').select('payload');
      process.stdout.write(
        `${JSON.stringify({
          phase: row.phase,
          ledger: world.ledger,
          steps: names,
          events: published.length,
          statuses: await host.statuses(id),
        })}\n`,
      );
      break;
    }
    if (Date.now() > end) {
      throw new Error(
        `Still ${row?.phase} after a minute: ${JSON.stringify(
          await host.messages(id),
        )}`,
      );
    }
    if (row?.phase === 'awaiting_approval') {
      const [open] = await host.host.approvals.list({
        workflowId: id,
        status: 'open',
      });
      if (open) {
        // Another process may have been faster.
        await host.approve(id).catch(() => undefined);
      }
    }
    await sleep(20);
  }
  await host.shutdown();
  await knex.destroy();
}

main().catch(error => {
  process.stderr.write(
    `${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = 1;
});
