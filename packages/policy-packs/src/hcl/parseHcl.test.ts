import { Unknown } from '../documents/Value';
import { evaluateExpression } from './evaluateExpression';
import { parseHcl } from './parseHcl';

const NOTHING = { resolve: () => undefined };

function valueOf(expression: string) {
  const [attribute] = parseHcl(`value = ${expression}\n`).attributes;
  return evaluateExpression(attribute.value, NOTHING);
}

describe('parseHcl', () => {
  it.each([
    ['an open block', 'a {\n  b = 1\n', 3],
    ['an open string', 'a = "b\n', 1],
    ['no value', 'a =\n', 1],
    ['an argument twice', 'a = 1\na = 2\n', 2],
    ['two arguments in a line', 'a = 1 b = 2\n', 1],
    ['an open heredoc', 'a = <<EOT\nb\n', 1],
    ['an open comment', '/* a\n', 1],
    ['an unknown escape', 'a = "\\q"\n', 1],
    ['brackets without end', `a = ${'['.repeat(100_000)}\n`, 1],
  ])('refuses %s, with the line', (_what, text, line) => {
    expect(() => parseHcl(text)).toThrow(
      expect.objectContaining({ name: 'HclSyntaxError', line }),
    );
  });

  it('tells the lines of blocks and arguments', () => {
    const [block] = parseHcl('\nresource "a" "b" {\n  c = 1\n}\n').blocks;
    expect(block).toMatchObject({ labels: ['a', 'b'], line: 2, endLine: 4 });
    expect(block.body.attributes[0].line).toBe(3);
  });
});

describe('evaluateExpression', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['-2 < 1 && !false', true],
    ['1 == 1 ? "a" : "b"', 'a'],
    ['"a-${1 + 1}-${"b"}"', 'a-2-b'],
    ['"$${a} %%{b}"', '${a} %{b}'],
    ['<<-EOT\n    a\n      b\n    EOT', 'a\n  b\n'],
    ['[for n in [1, 2, 3] : n * 2 if n > 1]', [4, 6]],
    ['{ for k, v in { a = 1 } : upper(k) => v }', { A: 1 }],
    ['{ a = 1, "b" : 2 }["b"]', 2],
    ['[1, 2][1]', 2],
    ['merge({ a = 1 }, { b = 2 })', { a: 1, b: 2 }],
    ['jsonencode({ a = [true] })', '{"a":[true]}'],
    ['jsondecode("{\\"a\\": 1}").a', 1],
    ['join("-", concat(["a"], ["b"]))', 'a-b'],
    ['false && var.a', false],
    ['true || var.a', true],
  ])('works out %s', (expression, expected) => {
    expect(valueOf(expression)).toEqual(expected);
  });

  it.each([
    ['aws_kms_key.a.arn', ['aws_kms_key.a']],
    ['"${aws_s3_bucket.b.arn}/*"', ['aws_s3_bucket.b']],
    ['data.aws_iam_policy_document.p.json', ['data.aws_iam_policy_document.p']],
    ['file("a.txt")', []],
    ['1 / 0', []],
  ])('leaves %s unknown, with what it refers to', (expression, references) => {
    const value = valueOf(expression);
    expect(value).toBeInstanceOf(Unknown);
    expect(value).toMatchObject({ references });
  });

  it('keeps what is known of JSON with unknown parts', () => {
    expect(
      valueOf('jsonencode({ Resource = aws_sqs_queue.q.arn, Action = "*" })'),
    ).toMatchObject({
      text: '{"Resource":"${aws_sqs_queue.q.arn}","Action":"*"}',
    });
  });
});
