import fc from 'fast-check';
import { KNOWN_LIVES } from './__testUtils__/knownLives';
import { ScenarioBench } from './__testUtils__/runScenario';
import { scenario } from './__testUtils__/Scenario';

const RUNS = Number(process.env.AGENTIC_PROPERTY_RUNS ?? 100);

jest.setTimeout(60_000 + RUNS * 500);

describe('the guard, whatever happens', () => {
  let bench: ScenarioBench;
  beforeAll(async () => {
    bench = await ScenarioBench.open();
  });
  afterAll(() => bench.close());

  it(`changes nothing without its records, and reports nothing done that nobody saw (${RUNS} runs)`, async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async life => {
        expect(await bench.run(life)).toEqual([]);
      }),
      { numRuns: RUNS, examples: KNOWN_LIVES.map(each => [each]) },
    );
    // A property about calls that never happen would hold as well.
    expect(bench.seen.executed).toBeGreaterThan(RUNS / 20);
    expect(bench.seen.confirmed).toBeGreaterThan(RUNS / 20);
    expect(bench.seen.completed).toBeGreaterThan(RUNS / 50);
  });
});
