import fs from 'node:fs';

/** The cases in jest's JSON report; a suite that could not be run is one failure. */
export function jestCounts(file) {
  const report = JSON.parse(fs.readFileSync(file, 'utf8'));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
  };
}

/** The cases that `node --test` counts at the end of its output. */
export function nodeTestCounts(output) {
  const sum = word =>
    [...output.matchAll(new RegExp(`^(?:ℹ|#) ${word} (\\d+)$`, 'gm'))].reduce(
      (total, [, count]) => total + Number(count),
      0,
    );
  return { passed: sum('pass'), failed: sum('fail') + sum('cancelled') };
}

/** The last "N passed, N failed" line of a program's output. */
export function statedCounts(output) {
  const stated = [...output.matchAll(/(\d+) passed, (\d+) failed/g)].pop();
  return stated
    ? { passed: Number(stated[1]), failed: Number(stated[2]) }
    : { passed: 0, failed: 0 };
}

/** Both counts, one on top of the other. */
export function added(one, other) {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
  };
}
