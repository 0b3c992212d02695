import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  runCrashProcess,
  type CrashOutcome,
} from '../__testUtils__/runCrashProcess';

/**
 * `AGENTIC_CRASH_WALK=all` walks every step of the plain walk and every third of the
 * others, `AGENTIC_TEST_FULL=1` every step of all, and `npm test` every sixty-fourth.
 */
function strideOf(plain: boolean): number {
  if (process.env.AGENTIC_TEST_FULL) return 1;
  if (process.env.AGENTIC_CRASH_WALK !== 'all') return 64;
  return plain ? 1 : 3;
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
      lose: false,
      failing: false,
      phase: 'completed',
    },
    {
      what: 'goes on when the engine’s data is lost too',
      lose: true,
      failing: false,
      phase: 'completed',
    },
    {
      what: 'undoes everything once',
      lose: false,
      failing: true,
      phase: 'rolled_back',
    },
  ])('$what', async ({ lose, failing, phase }) => {
    const reference = await outcomeOf({ folder: newFolder(), failing });
    expect(reference.phase).toBe(phase);
    expect(reference.steps.length).toBeGreaterThan(25);

    const killAts: number[] = [];
    const offset = lose || failing ? 2 : 1;
    for (
      let killAt = offset;
      killAt <= reference.steps.length;
      killAt += strideOf(!lose && !failing)
    ) {
      killAts.push(killAt);
    }
    const ends: unknown[] = [];
    const walk = async (): Promise<void> => {
      for (let killAt = killAts.pop(); killAt; killAt = killAts.pop()) {
        const folder = newFolder();
        const first = await runCrashProcess({ folder, killAt, failing });
        // Tasks run side by side, so the last steps may not be reached in the same number.
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
    await Promise.all([walk(), walk()]);
    expect(ends.length).toBeGreaterThan(1);
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
