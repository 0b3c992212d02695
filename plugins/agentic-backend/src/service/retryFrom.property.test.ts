import fc from 'fast-check';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  BEN,
  createTestHost,
  type TestHost,
} from '../__testUtils__/createTestHost';
import { testDatabases } from '../__testUtils__/databases';
import { SampleWorld, type SampleTask } from '../__testUtils__/sampleWorld';

/** A life with its retries takes as long as twenty of the guard's. */
const RUNS = Math.ceil(Number(process.env.AGENTIC_PROPERTY_RUNS ?? 100) / 20);

jest.setTimeout(60_000 + RUNS * 10_000);

/** Up to five tasks, each after some of those before it; half of them make something. */
const plans = fc
  .array(fc.record({ makes: fc.boolean(), after: fc.nat(15) }), {
    minLength: 2,
    maxLength: 5,
  })
  .map(tasks =>
    tasks.map(
      ({ makes, after }, index): SampleTask => ({
        id: `t${index + 1}`,
        after: tasks
          .slice(0, index)
          .flatMap((_, other) =>
            after & (1 << other) ? [`t${other + 1}`] : [],
          ),
        ...(makes && { makes: [`thing-${index + 1}`] }),
        maxAttempts: 1,
      }),
    ),
  );

interface TroubleIn {
  kind: 'work' | 'make' | 'cancel';
  at: number;
  from: number;
}

/** What goes wrong in each life of the workflow, and where it starts again after it. */
const troubles = fc.array(
  fc.record<TroubleIn>({
    kind: fc.constantFrom('work', 'make', 'cancel'),
    at: fc.nat(4),
    from: fc.nat(4),
  }),
  { minLength: 1, maxLength: 3 },
);

/** Two lives that have to be among those that are tried: undone and done again, and cancelled while it waits. */
const KNOWN: [SampleTask[], TroubleIn[]][] = [
  [
    [
      { id: 't1', makes: ['thing-1'], maxAttempts: 1 },
      { id: 't2', after: ['t1'], maxAttempts: 1 },
    ],
    [
      { kind: 'work', at: 1, from: 1 },
      { kind: 'work', at: 1, from: 0 },
    ],
  ],
  [
    [
      { id: 't1', maxAttempts: 1 },
      { id: 't2', after: ['t1'], makes: ['thing-2'], maxAttempts: 1 },
    ],
    [{ kind: 'cancel', at: 0, from: 0 }],
  ],
];

const ENDS = ['completed', 'failed', 'rolled_back', 'cancelled'];

describe('a workflow that starts again from a task', () => {
  const databases = testDatabases();

  it(`does no effect twice, and ends with each done once (${RUNS} runs)`, async () => {
    let retried = 0;
    let undone = 0;
    await fc.assert(
      fc.asyncProperty(plans, troubles, async (tasks, lives) => {
        const world = new SampleWorld(
          mkdtempSync(join(tmpdir(), 'agentic-retry-')),
        );
        const calls = new Map<string, number>();
        let trouble: (typeof lives)[number] | undefined;
        const isAt = (taskId: string) =>
          taskId === tasks[(trouble?.at ?? 0) % tasks.length].id;
        const host = await createTestHost({
          knex: await databases.open(databases.names[0]),
          world,
          tasks,
          faults: {
            duringWork: taskId => {
              if (trouble?.kind === 'work' && isAt(taskId)) {
                throw new Error('broke');
              }
            },
            beforeMake: name => {
              calls.set(name, (calls.get(name) ?? 0) + 1);
              const taskId = name.replace('thing-', 't');
              if (trouble?.kind === 'make' && isAt(taskId)) {
                throw new Error('broke while making');
              }
            },
          },
        });
        try {
          [trouble] = lives;
          const id = await host.create({});
          for (const life of [...lives.slice(1), undefined]) {
            const phase = await drive(host, id, trouble?.kind === 'cancel');
            if (phase === 'completed') break;
            const from = tasks[(trouble?.from ?? 0) % tasks.length].id;
            trouble = life;
            await host.host.workflows.retry(id, BEN.userEntityRef, {
              fromTask: from,
              reason: 'again',
            });
            retried += 1;
          }
          trouble = undefined;
          const end = await drive(host, id, false);
          expect(end).toBe('completed');
          const ledger = world.ledger;
          undone += ledger.filter(line => line.startsWith('removed')).length;
          for (const [thing] of tasks.flatMap(task =>
            task.makes ? [task.makes] : [],
          )) {
            // It was made as often as it was taken away, and once more.
            const times = (word: string) =>
              ledger.filter(line => line === `${word} ${thing}`).length;
            expect(times('made') - times('removed')).toBe(1);
            expect(world.has(thing)).toBe(true);
          }
          const confirmed = await host.database
            .knex('record_entries')
            .where({ chain: id, kind: 'effect.executed' })
            .select('subject');
          // Each effect on record was carried out at most once, whatever was retried.
          expect(new Set(confirmed.map(row => row.subject)).size).toBe(
            confirmed.length,
          );
        } finally {
          await host.shutdown();
        }
      }),
      { numRuns: RUNS, examples: KNOWN },
    );
    // Lives in which nothing is retried or undone would prove nothing.
    expect(retried).toBeGreaterThan(RUNS / 3);
    expect(undone).toBeGreaterThan(0);
  });
});

/** Signs what is asked for until the workflow has ended; cancels at the first approval when told to. */
async function drive(
  { host }: TestHost,
  id: string,
  cancels: boolean,
): Promise<string> {
  let cancelled = false;
  for (let tries = 0; tries < 2000; tries++) {
    const row = (await host.store.row(id))!;
    if (ENDS.includes(row.phase)) return row.phase;
    const [open] = await host.approvals.list({
      workflowId: id,
      status: 'open',
    });
    if (open && cancels && !cancelled) {
      cancelled = true;
      await host.workflows.cancel(id, BEN.userEntityRef, 'not now');
    } else if (open && !cancels) {
      await host.approvals
        .decide(
          open.approvalId,
          { decision: 'approve', reason: '', scopeHash: open.scopeHash },
          BEN,
        )
        .catch(() => undefined);
    }
    await sleep(5);
  }
  throw new Error(`${id} came to no end`);
}
