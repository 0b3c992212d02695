'use strict';

// Compares this evaluator with OPA's own conformance cases: `node conformance/conform.cjs [pattern]`.
require('@backstage/cli-node/config/nodeTransform.cjs');

const { leftOut } = require('./leftOut.cjs');
const { readCases } = require('./readCases.cjs');
const { outcomeOf } = require('./outcome.cjs');

const WANTED = 0.99;
const [pattern] = process.argv.slice(2);

const counts = { passed: 0, failed: 0, 'left out': 0 };
for (const each of readCases()) {
  const name = `${each.version}/${each.group} ${each.note}`;
  if (pattern && !name.includes(pattern)) continue;
  if (leftOut(each)) {
    counts['left out'] += 1;
    continue;
  }
  const difference = outcomeOf(each);
  counts[difference ? 'failed' : 'passed'] += 1;
  if (difference) process.stdout.write(`${name}: ${difference}\n`);
}
const share = counts.passed / (counts.passed + counts.failed);
process.stdout.write(
  `${counts.passed} passed, ${counts.failed} failed, ${
    counts['left out']
  } left out (${(share * 100).toFixed(2)} %)\n`,
);
process.exitCode = share >= WANTED ? 0 : 1;
