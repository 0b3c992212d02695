'use strict';

// Times a large bundle here and in OPA, on the same inputs, in the same run: `node conformance/bench.cjs`.
require('@backstage/cli-node/config/nodeTransform.cjs');

const { Policies, fromJson, toJson, toText } = require('../src');
const { bundle, plan } = require('./largeBundle.cjs');
const { withNative } = require('./native.cjs');

const MOST_TIMES_SLOWER = 3;
const RULES = 300;
const REPEAT = 10;
const WARM_UP = 5;

const modules = bundle(RULES);
const inputs = [50, 500].map(plan);
const query = 'data.checks.deny = x';

function timeHere(prepared, input) {
  for (let i = 0; i < WARM_UP; i++) prepared.evaluate({ input });
  const started = process.hrtime.bigint();
  let rows;
  for (let i = 0; i < REPEAT; i++) rows = prepared.evaluate({ input });
  const nanos = Number(process.hrtime.bigint() - started) / REPEAT;
  return { nanos, found: toText(fromJson(toJson(rows[0].get('x')))) };
}

const started = process.hrtime.bigint();
const policies = new Policies(
  modules.map((text, index) => ({ file: `module${index}.rego`, text })),
);
const prepared = policies.prepare(query);
const compiled = Number(process.hrtime.bigint() - started) / 1e6;
process.stdout.write(
  `${modules.length} modules, ${RULES} rules: compiled in ${compiled.toFixed(
    0,
  )} ms\n`,
);

const [theirs] = withNative(ask =>
  ask([{ modules, query, inputs, data: {}, version: 'v1', repeat: REPEAT }]),
);
const ratios = inputs.map((input, index) => {
  const { nanos, found } = timeHere(prepared, fromJson(input));
  const their = theirs[index];
  if (toText(fromJson(their.rows[0].x)) !== found) {
    throw new Error('the answers differ');
  }
  const ratio = nanos / their.nanos;
  process.stdout.write(
    `${input.resources.length} resources, ${
      their.rows[0].x.length
    } findings: ${(nanos / 1e6).toFixed(2)} ms here, ${(
      their.nanos / 1e6
    ).toFixed(2)} ms OPA, ratio ${ratio.toFixed(2)}\n`,
  );
  return ratio;
});
process.exitCode = Math.max(...ratios) <= MOST_TIMES_SLOWER ? 0 : 1;
