import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { policyCheck } from './policyCheck';

const BAD = 'resource "aws_s3_bucket" "b" { acl = "public-read" }\n';
const UNDECIDED =
  'variable "t" {}\nresource "aws_kinesis_stream" "s" {\n encryption_type = var.t\n kms_key_id = aws_kms_key.k.id\n}\n';

describe('policy-check', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'policy-check-'));
    await mkdir(path.join(folder, 'bad'));
    await writeFile(path.join(folder, 'bad', 'main.tf'), BAD);
    await writeFile(path.join(folder, 'open.tf'), UNDECIDED);
    await writeFile(
      path.join(folder, 'Dockerfile'),
      'FROM a:1\nHEALTHCHECK CMD x\nUSER app\n',
    );
    await writeFile(
      path.join(folder, 'parameters.json'),
      '{"requiredTags": ["owner"]}',
    );
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function run(args: readonly string[], input = '') {
    const written: string[] = [];
    const complaints: string[] = [];
    const code = await policyCheck(args, {
      input: Readable.from([input]),
      write: text => written.push(text),
      complain: text => complaints.push(text),
    });
    return {
      code,
      output: written.join('\n'),
      complaint: complaints.join('\n'),
    };
  }

  it.each([
    ['Dockerfile', 'production', 0],
    ['bad', 'development', 0],
    ['bad', 'staging', 1],
    ['open.tf', 'staging', 0],
    ['open.tf', 'production', 1],
  ])('answers for %s in %s by its exit code', async (name, mode, expected) => {
    expect((await run([path.join(folder, name), '--mode', mode])).code).toBe(
      expected,
    );
  });

  it('names the file, the line and the rule', async () => {
    const { output } = await run([path.join(folder, 'bad')]);
    expect(output).toContain('main.tf:1 critical no-public-s3-buckets');
    expect(output).toMatch(/deny: \d+ violations/);
  });

  it.each([
    ['json', /"verdict": "deny"/],
    ['sarif', /"version": "2.1.0"/],
    ['junit', /<testsuite name="policy-check"/],
    ['csv', /^rule,severity,file,line/],
  ])('writes %s', async (format, expected) => {
    expect(
      (await run([path.join(folder, 'bad'), '--format', format])).output,
    ).toMatch(expected);
  });

  it('gives parameters to the rules', async () => {
    const { output } = await run([
      path.join(folder, 'bad', 'main.tf'),
      '--type',
      'terraform',
      '--parameters',
      path.join(folder, 'parameters.json'),
    ]);
    expect(output).toContain('required-tags: aws_s3_bucket.b lacks owner');
  });

  it('answers each line of --jsonl with a line', async () => {
    const lines = [
      JSON.stringify({ type: 'terraform', content: BAD }),
      '{',
      '{"type":"x","content":""}',
      '{"type":"terraform"}',
    ];
    const answers = (await run(['--jsonl'], `${lines.join('\n')}\n`)).output
      .split('\n')
      .map(line => JSON.parse(line));
    expect(answers).toEqual([
      expect.objectContaining({ valid: false, violations: expect.any(Array) }),
      { error: expect.stringContaining('no JSON') },
      { error: expect.stringContaining('Unknown type x') },
      { error: expect.stringContaining('content') },
    ]);
  });

  it.each([
    [['nowhere.tf'], /nowhere.tf is not there/],
    [[], /Name at least one/],
    [['--format', 'pdf', 'a'], /use one of text/],
    [['--what'], /what/],
    [['--jsonl', 'a'], /standard input/],
  ])('refuses %j with the usage', async (args, expected) => {
    const { code, complaint } = await run(args);
    expect([code, complaint]).toEqual([2, expect.stringMatching(expected)]);
    expect(complaint).toContain('Usage: policy-check');
  });
});
