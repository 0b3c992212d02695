import { checkArtifactPath, describeFiles } from './artifactFiles';

describe('checkArtifactPath', () => {
  it.each(['a.txt', 'src/a.ts', '.github/workflows/ci.yml', 'ünïcode/ä.md'])(
    'takes %s',
    path => {
      expect(() => checkArtifactPath(path)).not.toThrow();
    },
  );

  it.each([
    '',
    '/etc/passwd',
    '../x',
    'a/../../x',
    'a//b',
    './a',
    'a/',
    '.git/config',
    'a/.git/hooks/post-update',
    'a\\b',
    'a\nb',
    'a\0b',
    'x'.repeat(401),
  ])('refuses %j', path => {
    expect(() => checkArtifactPath(path)).toThrow(
      'is not a path inside an artifact',
    );
  });
});

describe('describeFiles', () => {
  const files = [
    { path: 'b.txt', content: 'two' },
    { path: 'a.txt', content: 'one' },
  ];

  it('gives the same id whatever the order', () => {
    expect(describeFiles(files).artifactId).toBe(
      describeFiles([...files].reverse()).artifactId,
    );
  });

  it.each([
    ['content', [files[0], { path: 'a.txt', content: 'One' }]],
    ['path', [files[0], { path: 'c.txt', content: 'one' }]],
    ['mode', [files[0], { path: 'a.txt', content: 'one', executable: true }]],
  ])('gives another id for another %s', (_what, other) => {
    expect(describeFiles(other).artifactId).not.toBe(
      describeFiles(files).artifactId,
    );
  });
});
