import fc from 'fast-check';
import { KNOWN_LIVES } from './knownLives';
import { ScenarioBench } from './runScenario';
import { scenario } from './Scenario';

/** What a run of the property came to. */
export interface PropertyOutcome {
  readonly failed: boolean;
  readonly runs: number;
  readonly seconds: number;
  /** What happened and must not have, in the shortest life found. */
  readonly violations: readonly string[];
  readonly counterexample?: unknown;
  readonly seen: ScenarioBench['seen'];
}

/** Lives so many random lives and prints what came of it. Run as a process of its own, from a bundle. */
async function main(): Promise<void> {
  const { runs, seed } = JSON.parse(process.argv[2]) as {
    runs: number;
    seed?: number;
  };
  const bench = await ScenarioBench.open();
  const began = Date.now();
  let violations: string[] = [];
  const result = await fc.check(
    fc.asyncProperty(scenario, async life => {
      const found = await bench.run(life);
      if (found.length > 0) violations = [...new Set(found)];
      return found.length === 0;
    }),
    {
      numRuns: runs,
      seed,
      endOnFailure: true,
      examples: KNOWN_LIVES.map(each => [each]),
    },
  );
  const outcome: PropertyOutcome = {
    failed: result.failed,
    runs: result.numRuns,
    seconds: (Date.now() - began) / 1000,
    violations,
    counterexample: result.counterexample?.[0],
    seen: bench.seen,
  };
  process.stdout.write(`${JSON.stringify(outcome)}\n`, () => process.exit(0));
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
