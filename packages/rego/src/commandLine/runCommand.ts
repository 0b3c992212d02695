import { parseArgs } from 'node:util';
import { Policies } from '../Policies';
import { RegoError } from '../RegoError';
import { parseQuery, type RegoVersion } from '../syntax/parseModule';
import { toJson } from '../values/json';
import { readDocument, readFiles } from './readFiles';

const USAGE = `usage: agentic-rego eval [-d PATH]… [-i FILE] [options] QUERY
       agentic-rego test PATH…
       agentic-rego check PATH…

  -d, --data PATH           a file or folder of policies (.rego) and data (.json, .yaml)
  -i, --input FILE          the input, JSON or YAML
  --strict-builtin-errors   errors of built-ins end the evaluation
  --fail, --fail-defined    exit code 1 where the query does not hold, or where it does
  --v0-compatible           the policies are in the first version of the language

exit codes, as OPA's: eval 0, 1 with --fail, 2 error; test 0, 2 a test failed, 1 error; check 0, 1 error
`;

/** Where a command writes. */
export interface Output {
  out(text: string): void;
  error(text: string): void;
}

interface Options {
  readonly paths: readonly string[];
  readonly input?: string;
  readonly version: RegoVersion;
  readonly strict: boolean;
  readonly fail: boolean;
  readonly failDefined: boolean;
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Whether a query asks for the value of one term. */
function isTerm(query: string, version: RegoVersion): boolean {
  const [expr, ...more] = parseQuery(query, version);
  if (more.length > 0 || expr.kind !== 'term' || expr.negated) return false;
  const { term } = expr;
  return (
    expr.with.length === 0 &&
    !(term.kind === 'call' && ['eq', 'assign'].includes(term.operator))
  );
}

function evaluate(query: string, options: Options, output: Output): number {
  const { policies: files, data } = readFiles(options.paths);
  const { version, strict } = options;
  const policies = new Policies(files, { version });
  const input =
    options.input === undefined ? undefined : readDocument(options.input);
  const given = { input, data, strict };
  let result: unknown[];
  if (isTerm(query, version)) {
    const value = policies.prepareValue(query).evaluate(given);
    const location = { row: 1, col: 1 };
    result =
      value === undefined
        ? []
        : [{ expressions: [{ value, text: query, location }] }];
  } else {
    result = policies
      .prepare(query)
      .evaluate(given)
      .map(row => ({
        bindings: Object.fromEntries(
          [...row].map(([name, value]) => [name, toJson(value)]),
        ),
      }));
  }
  output.out(asJson(result.length > 0 ? { result } : {}));
  const failed =
    (options.fail && result.length === 0) ||
    (options.failDefined && result.length > 0);
  return failed ? 1 : 0;
}

function test({ paths, version }: Options, output: Output): number {
  const { policies: files, data } = readFiles(paths);
  const policies = new Policies(files, { version });
  const tests = policies.rules.filter(name => /\.test_[^.]*$/.test(name));
  let passed = 0;
  for (const name of tests) {
    try {
      if (policies.prepareValue(name).evaluate({ data }) === true) {
        passed += 1;
      } else {
        output.out(`${name}: FAIL\n`);
      }
    } catch (error) {
      if (!(error instanceof RegoError)) throw error;
      output.out(`${name}: ERROR\n  ${error.message}\n`);
    }
  }
  output.out(`PASS: ${passed}/${tests.length}\n`);
  if (passed < tests.length) {
    output.out(`FAIL: ${tests.length - passed}/${tests.length}\n`);
  }
  return passed === tests.length ? 0 : 2;
}

/** What is wrong is thrown when the policies are compiled. */
function check({ paths, version }: Options, output: Output): number {
  const { policies } = readFiles(paths);
  const { rules } = new Policies(policies, { version });
  output.out(`checked; names with values: ${rules.length}\n`);
  return 0;
}

function read(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string', short: 'd', multiple: true },
      input: { type: 'string', short: 'i' },
      'strict-builtin-errors': { type: 'boolean' },
      fail: { type: 'boolean' },
      'fail-defined': { type: 'boolean' },
      'v0-compatible': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
}

function run(args: readonly string[], output: Output): number {
  const { values, positionals } = read(args);
  const [command, ...rest] = positionals;
  if (values.help) {
    output.out(USAGE);
    return 0;
  }
  const options: Options = {
    paths: [...(values.data ?? []), ...(command === 'eval' ? [] : rest)],
    input: values.input,
    version: values['v0-compatible'] ? 'v0' : 'v1',
    strict: values['strict-builtin-errors'] ?? false,
    fail: values.fail ?? false,
    failDefined: values['fail-defined'] ?? false,
  };
  if (command === 'eval' && rest.length === 1) {
    return evaluate(rest[0], options, output);
  }
  if (command === 'test' && options.paths.length > 0) {
    return test(options, output);
  }
  if (command === 'check' && options.paths.length > 0) {
    return check(options, output);
  }
  throw new Error(`this is no command of agentic-rego\n${USAGE}`);
}

/** Does what the arguments ask for, and answers the exit code; what is wrong is written, not thrown. */
export function runCommand(args: readonly string[], output: Output): number {
  try {
    return run(args, output);
  } catch (error) {
    output.error(`${error instanceof Error ? error.message : error}\n`);
    return args[0] === 'eval' ? 2 : 1;
  }
}
