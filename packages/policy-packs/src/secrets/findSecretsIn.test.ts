import { findSecretsIn } from './findSecretsIn';

const kinds = (content: string, path = 'a.txt') =>
  findSecretsIn(content, path).map(({ kind }) => kind);

// Put together here, so that no scanner takes this file for a leak.
const join = (...parts: readonly string[]) => parts.join('');

describe('findSecretsIn', () => {
  it.each([
    ['aws-access-key', join('AKIA', 'Q3EGUZ5XWKNL2R7M')],
    ['github', join('ghp_', 'x9Kd2mQ7vR4tW8yB1nC5fG3hJ6kL0pZsXaVe')],
    ['gitlab', join('glpat-', 'Xk29dLq0PzRt7VbN3mYw')],
    ['private-key', join('-----BEGIN RSA PRIVATE', ' KEY-----')],
    ['stripe', join('sk_live_', '4eC39HqLyjWDarjtT1zdp7dc')],
    [
      'password-hash',
      join('$2y$10$', 'N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy'),
    ],
    ['assigned', 'db_password = "hunter22"'],
    ['assigned', 'DB_PASSWORD=tr0ub4dor&3'],
    ['assigned', '{ "api_key": "9f8e7d6c5b4a39281706f5e4" }'],
    ['assigned', 'https://user:tr0ub4dor@db.internal/x'],
    ['assigned', '<Password>tr0ub4dor</Password>'],
    ['assigned', "SECRET_KEY = 'zh!=(q^t[sR2995)HI+$ehw*x'"],
  ])('finds %s in %s', (kind, text) => {
    expect(kinds(`first\n${text}\n`)).toEqual([kind]);
    expect(findSecretsIn(`first\n${text}\n`, 'a.txt')[0].line).toBe(2);
  });

  it.each([
    'password = var.password',
    'password: ${DB_PASSWORD}',
    'password = "<your password>"',
    'api_key = "changeme-please"',
    'token = config.getString("token")',
    'const token = await readToken(file)',
    'secret_name = "projects/a/secrets/b"',
    'secretKeyRef: { name: a, key: b }',
    'author: somebody9',
    'url: https://user:${PASSWORD}@host/',
    'password_file = "/run/secrets/db1"',
    'max_tokens = 4096',
    join('AKIA', 'IOSFODNN7EXAMPLE'),
  ])('passes %s', text => {
    expect(kinds(text)).toEqual([]);
  });

  it('knows files that are a secret as a whole', () => {
    expect(
      kinds('0123456789abcdef0123456789abcdee\n', 'config/master.key'),
    ).toEqual(['file']);
    expect(kinds('0123456789abcdef0123456789abcdee\n', 'notes.txt')).toEqual(
      [],
    );
  });

  it('takes no longer for long lines', () => {
    const started = performance.now();
    kinds(
      `password=${'a'.repeat(200_000)}\n${'password '.repeat(
        1900,
      )}\n${'x:'.repeat(9000)}`,
    );
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
