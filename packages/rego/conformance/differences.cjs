'use strict';

const isEvaluation = code => code?.startsWith('eval_') ?? false;

/**
 * The classes of differences from OPA that the fuzzer may find, each with its reason. `ours` and `theirs`
 * have `code` where they are errors.
 */
const DIFFERENCES = [
  {
    name: 'static types',
    reason:
      'OPA refuses what the types that it infers can never match; here such an expression is undefined when it is evaluated.',
    holds: ({ ours, theirs }) =>
      theirs.code === 'rego_type_error' && ours.code !== 'rego_type_error',
  },
  {
    name: 'unsafe beside a comprehension',
    reason:
      'OPA finds a variable unsafe that an earlier line binds, where one comparison uses it as a key and inside of a comprehension; here it is bound.',
    holds: ({ question, ours, theirs }) =>
      theirs.code === 'rego_unsafe_var_error' &&
      ours.code === undefined &&
      /\[\w+\].*(<|>|=).*[{[].*\|/.test(question.modules.join('\n')),
  },
  {
    name: 'whether and which error',
    reason:
      "OPA's index of rules passes over a body that cannot hold, and calls inside of a line come before its lookups; here lines are evaluated as they are written, so that another strict error or conflict, or one more, may be met.",
    holds: ({ question, ours, theirs }) =>
      (question.strict || ours.code === 'eval_conflict_error') &&
      (isEvaluation(ours.code) || isEvaluation(theirs.code)),
  },
  {
    name: "OPA's own failure",
    reason:
      'OPA ends with eval_internal_error where a comprehension compares what it has just bound; here it is evaluated.',
    holds: ({ theirs }) => theirs.code === 'eval_internal_error',
  },
];

/** The class of a difference, or nothing. */
function classOf(difference) {
  return DIFFERENCES.find(({ holds }) => holds(difference));
}

module.exports = { DIFFERENCES, classOf };
