'use strict';

// Asks the real OPA and this evaluator the same random questions:
// `node conformance/fuzz.cjs [evaluations] [first seed]`.
require('@backstage/cli-node/config/nodeTransform.cjs');

const { Policies, fromJson, toJson, toText } = require('../src');
const { classOf } = require('./differences.cjs');
const { withNative } = require('./native.cjs');
const { randomQuestion } = require('./randomPolicy.cjs');

const INPUTS = 25;
const BATCH = 200;
const MOST_SHOWN = 5;
const [evaluations = 1_000, firstSeed = 1] = process.argv.slice(2).map(Number);

const canonical = value => toText(fromJson(value));

function ourAnswers(question) {
  const fail = error => {
    if (!error.code) throw error;
    return { code: error.code, message: error.message };
  };
  let query;
  try {
    const files = question.modules.map((text, index) => ({
      file: `module${index}.rego`,
      text,
    }));
    query = new Policies(files, { version: question.version }).prepare(
      question.query,
    );
  } catch (error) {
    return question.inputs.map(() => fail(error));
  }
  return question.inputs.map(input => {
    try {
      const rows = query.evaluate({ input, strict: question.strict });
      return {
        rows: rows.map(row =>
          Object.fromEntries(
            [...row].map(([name, value]) => [name, toJson(value)]),
          ),
        ),
      };
    } catch (error) {
      return fail(error);
    }
  });
}

const textOf = ({ code, rows }) =>
  code ?? (rows ?? []).map(canonical).sort().join('\n');

const policies = Math.ceil(evaluations / INPUTS);
const counts = { same: 0, defined: 0, unexplained: 0 };
const classes = new Map();

function compare(question, seed, theirs) {
  const ours = ourAnswers(question);
  ours.forEach((our, index) => {
    const their = theirs[index];
    if (textOf(our) === textOf(their)) {
      counts.same += 1;
      if (!their.code && textOf(their).length > 0) counts.defined += 1;
      return;
    }
    const found = classOf({ question, ours: our, theirs: their });
    if (found) {
      classes.set(found.name, (classes.get(found.name) ?? 0) + 1);
      return;
    }
    counts.unexplained += 1;
    if (counts.unexplained <= MOST_SHOWN) {
      process.stdout.write(
        `seed ${seed}, ${question.version}\n${
          question.modules[0]
        }\ninput ${JSON.stringify(question.inputs[index])}\nhere ${textOf(
          our,
        )} ${our.message ?? ''}\nOPA  ${textOf(their)} ${
          their.message ?? ''
        }\n\n`,
      );
    }
  });
}

withNative(ask => {
  for (let at = 0; at < policies; at += BATCH) {
    const count = Math.min(BATCH, policies - at);
    const seeds = Array.from({ length: count }, (_, i) => firstSeed + at + i);
    const questions = seeds.map(seed => randomQuestion(seed, INPUTS));
    ask(questions).forEach((theirs, index) =>
      compare(questions[index], seeds[index], theirs),
    );
  }
});
for (const [name, count] of classes) {
  process.stdout.write(`${count} of the known class "${name}"\n`);
}
process.stdout.write(
  `${policies * INPUTS} evaluations of ${policies} policies: ${
    counts.same
  } the same (${counts.defined} with a value), ${
    counts.unexplained
  } unexplained differences\n`,
);
process.exitCode = counts.unexplained === 0 && counts.defined > 0 ? 0 : 1;
