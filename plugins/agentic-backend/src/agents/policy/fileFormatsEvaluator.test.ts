import { fileFormatsEvaluator } from './fileFormatsEvaluator';

// The first check loads the parsers.
jest.setTimeout(60_000);

const SOUND = { path: 'a.json', content: '{}' };
const UNCHECKED = { path: 'README.md', content: '# Orders\n' };
const WEAK = {
  path: 'Dockerfile',
  content: 'FROM node\nUSER node\nCMD ["node"]\n',
};
const BROKEN = { path: 'b.json', content: '{' };
const UNSAFE = { path: '../../etc/cron.d/x', content: 'x' };

function evaluate(files: { path: string; content: string }[]) {
  return fileFormatsEvaluator.evaluate({
    kind: 'artifact',
    environment: 'development',
    files,
  });
}

describe('fileFormatsEvaluator', () => {
  it.each([
    ['allow', [SOUND], 0],
    ['allow', [SOUND, WEAK], 1],
    ['needs_review', [SOUND, UNCHECKED], 0],
    ['deny', [SOUND, UNCHECKED, BROKEN], 1],
    ['deny', [SOUND, UNSAFE], 1],
  ])('answers %s for %j', async (decision, files, violations) => {
    const verdict = await evaluate(files);
    expect(verdict?.decision).toBe(decision);
    expect(verdict?.violations).toHaveLength(violations);
  });

  it('says which files nobody checked', async () => {
    expect((await evaluate([UNCHECKED]))?.reasons).toEqual([
      expect.stringContaining('README.md was not checked'),
    ]);
  });

  it('names the file and the line of a violation', async () => {
    expect((await evaluate([BROKEN]))?.violations[0]).toMatchObject({
      file: 'b.json',
      line: 1,
      severity: 'high',
    });
  });

  it('has no opinion about a subject without files', async () => {
    expect(await evaluate([])).toBeUndefined();
  });
});
