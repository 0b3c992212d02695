import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand } from './runCommand';

const FILES: Readonly<Record<string, string>> = {
  'good/shop.rego': `package shop

deny contains item if {
	some item in input.items
	not item in data.stock.known
}

test_known if {
	count(deny) == 0 with input.items as ["a"]
}
`,
  'good/stock/known.json': '{"known": ["a"]}',
  'bad/test.rego': 'package bad\n\ntest_no if 1 == 2\n',
  'broken/x.rego': 'package x\n\nq := nothing(1)\n',
  'old/x.rego': 'package x\n\nq { input.a }\n',
  'input.json': '{"items": ["a", "b"]}',
};

describe('agentic-rego', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'agentic-rego-'));
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function run(...args: string[]) {
    let out = '';
    let error = '';
    const code = runCommand(
      args.map(arg => arg.replace('@', folder)),
      {
        out: text => {
          out += text;
        },
        error: text => {
          error += text;
        },
      },
    );
    return { code, out, error };
  }

  it('evaluates a term like OPA', () => {
    const { code, out } = run(
      ...['eval', '-d', '@/good', '-i', '@/input.json', 'data.shop.deny'],
    );
    expect(JSON.parse(out)).toEqual({
      result: [
        {
          expressions: [
            {
              value: ['b'],
              text: 'data.shop.deny',
              location: { row: 1, col: 1 },
            },
          ],
        },
      ],
    });
    expect(code).toBe(0);
  });

  it('answers the variables of a query', () => {
    const { out } = run('eval', 'x := [1, 2][i]');
    expect(JSON.parse(out).result).toEqual([
      { bindings: { x: 1, i: 0 } },
      { bindings: { x: 2, i: 1 } },
    ]);
  });

  it.each<[string[], number, string]>([
    [['eval', '--fail', 'data.no'], 1, '{}'],
    [['eval', '--fail-defined', '1 == 1'], 1, 'result'],
    [['eval', 'data.no'], 0, '{}'],
    [['eval', '1 +'], 2, 'rego_parse_error'],
    [['eval', '--strict-builtin-errors', '1 / 0'], 2, 'eval_builtin_error'],
    [['test', '@/good'], 0, 'PASS: 1/1'],
    [['test', '@/bad'], 2, 'data.bad.test_no: FAIL'],
    [['test', '@/broken'], 1, 'rego_type_error'],
    [['check', '@/good'], 0, 'values: 2'],
    [['check', '@/broken'], 1, 'x.rego:3:6: rego_type_error'],
    [['check', '@/old'], 1, '`if` keyword is required'],
    [['check', '--v0-compatible', '@/old'], 0, 'values: 1'],
    [['check', '@/nothing'], 1, 'ENOENT'],
    [['check'], 1, 'usage'],
    [['eval', '--nonsense', '1'], 2, 'nonsense'],
  ])('%j ends with %d: %s', (args, code, said) => {
    const answer = run(...args);
    expect(answer.code).toBe(code);
    expect(answer.out + answer.error).toContain(said);
  });
});
