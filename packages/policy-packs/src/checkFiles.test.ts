import { checkFiles } from './checkFiles';

// The first file of each format loads its parser.
jest.setTimeout(60_000);

const pem = ['-----BEGIN ', 'PRIVATE KEY-----'].join('');

describe('checkFiles', () => {
  it.each([
    '../evil.ts',
    'src/../../evil.ts',
    '/etc/passwd',
    'C:/evil.ts',
    'src\\evil.ts',
    'src//evil.ts',
    './evil.ts',
    '.git/config',
    'src/.GIT/hooks/pre-commit',
    'src/evil\u0000.ts',
    'src/evil\u202e.ts',
    '~/evil.ts',
    'src/aux.ts',
    'src /evil.ts',
    '',
    `${'a'.repeat(300)}.ts`,
  ])('refuses the path %j', async path => {
    const [check] = await checkFiles([{ path, content: '' }]);
    expect(check.status).toBe('failed');
    expect(check.violations).toContainEqual(
      expect.objectContaining({ rule: 'path/unsafe', severity: 'critical' }),
    );
  });

  it('refuses two files that are one on a disk that ignores case', async () => {
    const checks = await checkFiles([
      { path: 'src/Order.ts', content: 'export {};\n' },
      { path: 'src/order.ts', content: 'export {};\n' },
    ]);
    expect(checks.map(({ status }) => status)).toEqual(['passed', 'failed']);
    expect(checks[1].violations[0].rule).toBe('path/duplicate');
  });

  it.each([
    ['README.md', '# Orders\n', 'markdown'],
    ['.github/CODEOWNERS', '* @payments\n', 'codeowners'],
    ['.gitignore', 'node_modules\n', 'text'],
    ['LICENSE', 'All rights reserved\n', 'text'],
  ])('says that nothing checks %s', async (path, content, format) => {
    expect(await checkFiles([{ path, content }])).toEqual([
      {
        path,
        format,
        status: 'needs_review',
        violations: [],
        reason: expect.stringMatching(/check/i),
      },
    ]);
  });

  it('takes YAML in the templates of a chart for templates, and nowhere else', async () => {
    const content = '{{- if .Values.on }}\na: b\n{{- end }}\n';
    const checks = await checkFiles([
      {
        path: 'chart/Chart.yaml',
        content: 'apiVersion: v2\nname: a\nversion: 1.0.0\n',
      },
      { path: 'chart/templates/a.yaml', content },
      { path: 'other/templates/a.yaml', content },
    ]);
    expect(checks.map(({ format, status }) => [format, status])).toEqual([
      ['helm-chart', 'passed'],
      ['helm-template', 'needs_review'],
      ['yaml', 'failed'],
    ]);
  });

  it('looks for key material also where there is no checker', async () => {
    const [check] = await checkFiles([
      { path: 'README.md', content: `# Keys\n\n${pem}\n` },
    ]);
    expect(check).toMatchObject({
      status: 'failed',
      violations: [{ rule: 'secrets/private-key', line: 3 }],
    });
  });

  it('leaves oversized files to a person', async () => {
    const [check] = await checkFiles([
      { path: 'big.json', content: `"${'a'.repeat(2_000_001)}"` },
    ]);
    expect(check).toMatchObject({ status: 'needs_review' });
  });

  it('survives a YAML bomb', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}*a${i}]`,
    );
    const [check] = await checkFiles([
      { path: 'bomb.yaml', content: `a0: &a0 [x]\n${levels.join('\n')}\n` },
    ]);
    expect(check.status).toBe('failed');
  });

  it('answers in the given order, the same each time', async () => {
    const files = [
      { path: 'b.json', content: '{}' },
      { path: 'a.ts', content: 'let' },
      { path: 'c.sh', content: 'set -euo pipefail\n' },
    ];
    const [first, second] = await Promise.all([
      checkFiles(files),
      checkFiles(files),
    ]);
    expect(first.map(({ path }) => path)).toEqual(['b.json', 'a.ts', 'c.sh']);
    expect(second).toEqual(first);
  });

  it('runs checkers side by side whichever loads first', async () => {
    const terraform = { path: 'a.tf', content: 'locals {\n  a = \n}\n' };
    const workflow = {
      path: '.github/workflows/a.yml',
      content: 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n',
    };
    const script = { path: 'a.sh', content: 'if true; then\n' };
    const checks = await Promise.all(
      [terraform, workflow, script].map(file => checkFiles([file])),
    );
    expect(
      checks.flat().map(({ violations }) => violations.map(({ rule }) => rule)),
    ).toEqual([
      ['terraform/syntax'],
      ['github-actions/syntax-check'],
      ['shell/syntax'],
    ]);
  });
});
