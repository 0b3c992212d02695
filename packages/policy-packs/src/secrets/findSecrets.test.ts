import { findSecrets } from './findSecrets';

// Put together at run time, so that no scanner takes this file for a leak.
const awsKey = `AKIA${'QWERTYUIOPASDFGH'}`;
const pem = `-----BEGIN RSA ${'PRIVATE'} KEY-----`;
const word = ['k7', 'Tq', '9w', 'Zr', '2x'].join('');

describe('findSecrets', () => {
  it.each([
    [`key: ${awsKey}`, 'secrets/aws-access-key'],
    [pem, 'secrets/private-key'],
    [`-----BEGIN ${'PRIVATE'} KEY-----`, 'secrets/private-key'],
    [`const t = 'ghp_${'a1B2'.repeat(9)}';`, 'secrets/github-token'],
    [`TOKEN=glpat-${'a1B2c3'.repeat(4)}`, 'secrets/gitlab-token'],
    [`const password = '${word}';`, 'secrets/assigned-password'],
    [`  db_password: ${word}`, 'secrets/assigned-password'],
    [`DB_PASSWORD=${word}`, 'secrets/assigned-password'],
    [`{"apiKey": "${word}"}`, 'secrets/assigned-password'],
    [`password = "${word}"`, 'secrets/assigned-password'],
    [
      `const url = 'postgres://app:${word}@db/orders';`,
      'secrets/assigned-password',
    ],
  ])('finds the secret in %s', (text, rule) => {
    expect(findSecrets(`first line\n${text}\n`)).toEqual([
      expect.objectContaining({ rule, severity: 'critical', line: 2 }),
    ]);
  });

  it.each([
    'const password = process.env.DB_PASSWORD;',
    'password: ${DB_PASSWORD}',
    'password = var.database_password',
    'password = random_password.database.result',
    'password: {{ .Values.password }}',
    'POSTGRES_PASSWORD: postgres',
    'POSTGRES_PASSWORD=change-me-please',
    'secretKeyRef:',
    'passwordFile: /run/secrets/db',
    'DATABASE_URL=postgres://app:${DB_PASSWORD}@db:5432/orders',
    'DATABASE_URL=postgres://postgres:postgres@localhost:5432/orders',
    'DATABASE_URL=postgres://app:only-for-development@127.0.0.1:5432/app',
    'POSTGRES_PASSWORD: only-for-this-job',
    'const { password } = readConfig();',
    'function login(password: string, secret: string) {}',
    'existingSecret: orders-database',
    `aws key ${'AKIA'}IOSFODNN7EXAMPLE`,
    'Read the password from the secret manager.',
    'api_key: !reference [.vault, api_key]',
  ])('says nothing about %s', text => {
    expect(findSecrets(text)).toEqual([]);
  });

  it('never repeats the secret', () => {
    expect(JSON.stringify(findSecrets(`password: ${word}`))).not.toContain(
      word,
    );
  });
});
