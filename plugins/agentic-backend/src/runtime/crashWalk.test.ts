import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  runCrashProcess,
  type CrashOutcome,
} from '../__testUtils__/runCrashProcess';

/** How many kills each walk has in `npm test`; one costs two starts of a process. */
const SAMPLES = [2, 1, 1];

/**
 * At which of its steps (1 … `steps`) a run is killed, one process each.
 *
 * `AGENTIC_CRASH_WALK=all` walks every step of the plain walk and every third of the
 * others, `AGENTIC_TEST_FULL=1` every step of all, and `npm test` a sample of
 * {@link SAMPLES} steps, spread over the run and others in each walk.
 */
function killPoints(steps: number, walk: number): number[] {
  const every = Array.from({ length: steps }, (_, index) => index + 1);
  if (process.env.AGENTIC_TEST_FULL) return every;
  if (process.env.AGENTIC_CRASH_WALK === 'all')
    return every.filter(step => walk === 0 || step % 3 === walk);
  const sample = SAMPLES[walk];
  return Array.from({ length: sample }, (_, index) =>
    Math.ceil(((index + (walk + 1) / 4) * steps) / sample),
  );
}

jest.setTimeout(20 * 60_000);

describe('a process killed with SIGKILL between any two steps', () => {
  const newFolder = (): string =>
    mkdtempSync(path.join(tmpdir(), 'agentic-crash-'));

  async function outcomeOf(
    options: Record<string, unknown>,
  ): Promise<CrashOutcome> {
    const outcome = await runCrashProcess(options);
    if (outcome === 'killed')
      throw new Error('It was killed although nobody asked for it');
    return outcome;
  }

  it.each([
    {
      what: 'goes on with its engine',
      walk: 0,
      lose: false,
      failing: false,
      phase: 'completed',
    },
    {
      what: 'goes on when the engine’s data is lost too',
      walk: 1,
      lose: true,
      failing: false,
      phase: 'completed',
    },
    {
      what: 'undoes everything once',
      walk: 2,
      lose: false,
      failing: true,
      phase: 'rolled_back',
    },
  ])('$what', async ({ walk, lose, failing, phase }) => {
    const reference = await outcomeOf({ folder: newFolder(), failing });
    expect(reference.phase).toBe(phase);
    expect(reference.steps.length).toBeGreaterThan(25);

    const killAts = killPoints(reference.steps.length, walk);
    const wanted = killAts.length;
    const ends: unknown[] = [];
    const killInTurn = async (): Promise<void> => {
      for (let killAt = killAts.pop(); killAt; killAt = killAts.pop()) {
        const folder = newFolder();
        const first = await runCrashProcess({ folder, killAt, failing });
        if (first === 'killed') {
          if (lose) {
            const engine = path.join(folder, 'engine');
            rmSync(engine, { recursive: true, force: true });
          }
          ends.push({
            killAt,
            ...pickEnd(await outcomeOf({ folder, failing })),
          });
        }
        rmSync(folder, { recursive: true, force: true });
      }
    };
    // Two at a time: they share nothing, and most of the time goes into starting processes.
    await Promise.all([killInTurn(), killInTurn()]);
    // Tasks run side by side, so the last few steps may not come in every run.
    expect(ends.length).toBeGreaterThanOrEqual(Math.ceil(wanted * 0.9));
    expect(ends).toEqual(
      ends.map(() => ({
        killAt: expect.any(Number),
        ...pickEnd(reference),
      })),
    );
  });
});

/** What must be the same whether the process was killed or not. */
function pickEnd({ phase, ledger, events, statuses }: CrashOutcome): object {
  return { phase, ledger, events, statuses };
}
