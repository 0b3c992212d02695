import {
  coversSecret,
  isSecretPattern,
  parseSecretReference,
  SecretReference,
  secretReference,
} from './secretReferences';

describe('secretReference', () => {
  it.each([
    [{ store: 'portal', path: 'team/database', key: 'password' }],
    [{ store: 'vault', path: 'a/b.c/d_e', key: 'API_KEY', version: 12 }],
    [{ store: 'portal', path: 'x', key: 'y' }],
  ])('%j is written and read again', parts => {
    expect(parseSecretReference(secretReference(parts))).toEqual(parts);
  });

  it.each([
    'hunter22-a-password',
    'secret:portal/team/without-key',
    'secret:portal/../etc/passwd#x',
    'secret:portal/team//x#y',
    'secret:portal//x#y',
    'secret:Portal/x#y',
    'secret:portal/x?version=0#y',
    'secret:portal/x?version=1&y=2#z',
    'secret:portal/x#',
    'secret:portal/x#a b',
    'secret:portal/x\n#y',
    'secret:portal/x#y\n',
    'secret:portal/%2e%2e/x#y',
    'secret:portal/{{x}}#y',
    `secret:portal/${'a'.repeat(300)}#y`,
  ])('refuses %j without repeating it', text => {
    expect(SecretReference.safeParse(text).success).toBe(false);
    const thrown = (() => {
      try {
        parseSecretReference(text);
        return undefined;
      } catch (error) {
        return error as Error;
      }
    })();
    expect(thrown?.name).toBe('InputError');
    expect(thrown?.message).not.toContain(text);
  });
});

describe('coversSecret', () => {
  const names = { service: 'user-service', environment: 'staging' };
  it.each([
    ['portal/team/db', 'portal', 'team/db', true],
    ['portal/team/*', 'portal', 'team/db', true],
    ['portal/team/*', 'portal', 'team/db/deeper', false],
    ['portal/team/**', 'portal', 'team/db/deeper', true],
    ['portal/team/**', 'portal', 'team', true],
    ['portal/team/**', 'portal', 'teamwork', false],
    ['portal/**', 'portal', 'anything/at/all', true],
    ['portal/**', 'vault', 'anything', false],
    ['*/db/{service}', 'vault', 'db/user-service', true],
    ['*/db/{service}', 'vault', 'db/other-service', false],
    ['*/{environment}/{service}', 'portal', 'staging/user-service', true],
    ['*/{environment}/{service}', 'portal', 'production/user-service', false],
    ['*/{unknown}/x', 'portal', 'anything/x', false],
    ['portal/a.c', 'portal', 'abc', false],
    ['**', 'portal', 'x', false],
    ['*', 'portal', 'x', false],
    ['portal/(x|y)', 'portal', 'x', false],
    ['', 'portal', 'x', false],
  ])('%j over %s/%s: %s', (pattern, store, path, expected) => {
    expect(coversSecret(pattern, { store, path }, names)).toBe(expected);
  });

  it.each(['*', 'a/b', '{environment}'])(
    'a service that calls itself %j gets nothing',
    service => {
      expect(
        coversSecret(
          '*/db/{service}/**',
          { store: 'portal', path: 'db/other' },
          { ...names, service },
        ),
      ).toBe(false);
    },
  );
});

describe('isSecretPattern', () => {
  it.each([
    'portal/team/db',
    '*/local-postgres/{service}/**',
    'vault/{environment}/*',
    'portal/**',
    'portal/a-*.key',
  ])('takes %j', pattern => {
    expect(isSecretPattern(pattern)).toBe(true);
  });

  it.each([
    '',
    '*',
    '**',
    'portal',
    'portal/',
    '/x',
    'portal//x',
    'portal/{unknown}',
    'portal/{service',
    'portal/**/x',
    'portal/x**',
    'portal/(a|b)',
    'portal/x y',
    'secret:portal/x#y',
  ])('refuses %j', pattern => {
    expect(isSecretPattern(pattern)).toBe(false);
  });
});
