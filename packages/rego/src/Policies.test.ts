import { Policies, RegoError, fromJson } from '.';

function valueOf(text: string, input?: unknown, data?: unknown): unknown {
  return new Policies([{ file: 'policy.rego', text: `package p\n${text}` }])
    .prepareValue('data.p')
    .evaluate({ input, data });
}

function failure(work: () => unknown): RegoError {
  try {
    work();
  } catch (error) {
    if (error instanceof RegoError) return error;
    throw error;
  }
  throw new Error('nothing failed');
}

describe('Policies', () => {
  it.each([
    ['a complete rule', 'q := 1 + 2', { q: 3 }],
    ['a default', 'default q := false\nq if input.no', { q: false }],
    ['an else', 'q := 1 if input.no\nelse := 2', { q: 2 }],
    ['a set', 'q contains x if some x in [2, 1, 2]', { q: [1, 2] }],
    ['an object', 'q[k] := v if some k, v in ["a"]', { q: { 0: 'a' } }],
    ['a name of several parts', 'a.b.c := 1', { a: { b: { c: 1 } } }],
    ['a function', 'f(x) := x * 2\nq := f(4)', { q: 8 }],
    ['a default function', 'default f(_) := 7\nq := f(1)', { q: 7 }],
    ['a comprehension', 'q := [x | some x in [1, 2, 3]; x > 1]', { q: [2, 3] }],
    ['every', 'q if every x in [1, 2] { x > 0 }', { q: true }],
    ['every that does not hold', 'q if every x in [1, 2] { x > 1 }', {}],
    ['not', 'q if not input.no', { q: true }],
    [
      'with on input',
      'r := input.x\nq := x if x := r with input as {"x": 5}',
      { q: 5 },
    ],
    [
      'with on a built-in',
      'f(_) := 9\nq := x if x := count([1]) with count as f',
      { q: 9 },
    ],
    ['a template string', 'q := $"{1 + 1} is {"two"}"', { q: '2 is two' }],
    ['big numbers', 'q := 9007199254740993 + 1', { q: 9007199254740994 }],
  ])('evaluates %s', (_, text, wanted) => {
    expect(valueOf(text)).toEqual(wanted);
  });

  it('reads the syntax of v0 where it is asked to', () => {
    const text =
      'package p\nallow { input.ok }\nnames[x] { x := input.names[_] }';
    const policies = new Policies([{ file: 'a.rego', text }], {
      version: 'v0',
    });
    const answer = policies.prepareValue('data.p').evaluate({
      input: { ok: true, names: ['b', 'a'] },
    });
    expect(answer).toEqual({ allow: true, names: ['a', 'b'] });
    expect(failure(() => new Policies([{ file: 'a.rego', text }])).code).toBe(
      'rego_parse_error',
    );
  });

  it.each([
    ['rego_parse_error', 'q := ', '3:1'],
    ['rego_unsafe_var_error', 'q if x > 1', '2:8'],
    ['rego_unsafe_var_error', 'q := x if not x', '2:11'],
    ['rego_recursion_error', 'q := r\nr := q', '2:1'],
    ['rego_type_error', 'q := nothing(1)', '2:6'],
    ['rego_type_error', 'q := count(1, 2, 3)', '2:6'],
  ])('refuses with %s: %s', (code, text, place) => {
    const error = failure(() => valueOf(`${text}\n`));
    expect(error.code).toBe(code);
    expect(error.message).toContain(`policy.rego:${place}: ${code}`);
  });

  it.each([
    ['eval_conflict_error', 'q := 1\nq := x if { x := 2 }'],
    ['eval_conflict_error', 'q["a"] := x if some x in [1, 2]'],
  ])('ends with %s: %s', (code, text) => {
    expect(failure(() => valueOf(text)).code).toBe(code);
  });

  it('tells errors of built-ins only where it is strict', () => {
    const value = new Policies([
      { file: 'a.rego', text: 'package p\nq := 1 / input.x' },
    ]).prepareValue('data.p.q');
    expect(value.evaluate({ input: { x: 0 } })).toBeUndefined();
    expect(
      failure(() => value.evaluate({ input: { x: 0 }, strict: true })),
    ).toMatchObject({ code: 'eval_builtin_error', at: { row: 2 } });
  });

  it('ends what takes too many steps', () => {
    const text =
      'q := count([1 | some x in r; some y in r; some z in r; x < y; y < z])\nr := numbers.range(1, 1000)';
    const value = new Policies([
      { file: 'a.rego', text: `package p\n${text}` },
    ]).prepareValue('data.p.q');
    expect(failure(() => value.evaluate({ maxSteps: 10_000 })).code).toBe(
      'eval_cancel_error',
    );
  });

  it('answers every way in which a query holds', () => {
    const query = new Policies([]).prepare('x := input.a[y]; x > 1');
    const rows = query.evaluate({ input: fromJson({ a: [1, 2, 3] }) });
    expect(rows.map(row => Object.fromEntries(row))).toEqual([
      { x: 2, y: 1 },
      { x: 3, y: 2 },
    ]);
  });
});
