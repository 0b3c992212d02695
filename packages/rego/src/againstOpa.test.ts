import { execFileSync } from 'node:child_process';
import path from 'node:path';

/**
 * How many random evaluations are compared with OPA: `AGENTIC_REGO_EVALUATIONS`, and with
 * `AGENTIC_TEST_FULL` a hundred thousand. Without either nothing is: it needs Go and its proxy.
 */
const evaluations =
  process.env.AGENTIC_REGO_EVALUATIONS ??
  (process.env.AGENTIC_TEST_FULL ? '100000' : undefined);
const withOpa = evaluations ? describe : describe.skip;

/** Runs a program of the folder `conformance`; throws with what it said where it fails. */
function run(name: string, ...args: string[]): string {
  return execFileSync(
    process.execPath,
    [path.join(__dirname, '..', 'conformance', name), ...args],
    { encoding: 'utf8' },
  );
}

withOpa('compared with OPA', () => {
  it("answers 99 of 100 of OPA's own cases like OPA", () => {
    expect(run('conform.cjs')).toMatch(/passed, \d+ failed, \d+ left out/);
  }, 600_000);

  it('answers random questions like OPA', () => {
    expect(run('fuzz.cjs', evaluations!)).toContain(
      '0 unexplained differences',
    );
  }, 1_800_000);
});
