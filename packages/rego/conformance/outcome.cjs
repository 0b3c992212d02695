'use strict';

const { Policies, fromJson, toJson, toText } = require('../src');

const canonical = value => toText(fromJson(value));

/** Arrays whose order does not count, sorted. */
function sorted(value) {
  if (Array.isArray(value)) {
    const items = value.map(sorted).map(item => [canonical(item), item]);
    return items.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  }
  return value;
}

function rowsOf(rows, each) {
  return rows
    .map(row =>
      Object.fromEntries(
        Object.entries(row)
          .filter(([name]) => !each.ignore_generated_vars || !/^\$/.test(name))
          .map(([name, value]) => [
            name,
            each.sort_bindings ? sorted(value) : value,
          ]),
      ),
    )
    .map(canonical)
    .sort();
}

function inputOf({ input, input_term: term }) {
  if (term === undefined) return input;
  const query = new Policies([]).prepare(`x = ${term}`);
  return query.evaluate()[0].get('x');
}

function evaluate(each) {
  const files = (each.modules ?? []).map((text, index) => ({
    file: `module${index}.rego`,
    text,
  }));
  const policies = new Policies(files, { version: each.version });
  return policies
    .prepare(each.query)
    .evaluate({
      input: inputOf(each),
      data: each.data ?? {},
      strict: Boolean(each.strict_error),
    })
    .map(row =>
      Object.fromEntries(
        [...row].map(([name, value]) => [name, toJson(value)]),
      ),
    );
}

/** How this evaluator's answer to a case differs from what the case wants, or nothing. */
function outcomeOf(each) {
  const wantsError = each.want_error_code ?? each.want_error;
  let rows;
  try {
    rows = evaluate(each);
  } catch (error) {
    if (wantsError === undefined || !error.code) {
      return error.code ? error.message : error.stack;
    }
    return each.want_error_code && each.want_error_code !== error.code
      ? `wanted ${each.want_error_code}, got ${error.message}`
      : undefined;
  }
  if (wantsError !== undefined) {
    return `wanted ${wantsError}, got ${JSON.stringify(rows)}`;
  }
  if (each.want_defined !== undefined && each.want_result === undefined) {
    return each.want_defined === rows.length > 0
      ? undefined
      : `wanted defined: ${each.want_defined}`;
  }
  const [got, want] = [rows, each.want_result ?? []].map(found =>
    rowsOf(found, each),
  );
  return got.join('\n') === want.join('\n')
    ? undefined
    : `wanted ${want.join(' | ')}, got ${got.join(' | ')}`;
}

module.exports = { outcomeOf };
