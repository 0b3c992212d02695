import { redact, redactDeep } from './redact';

describe('redact', () => {
  it.each([
    [
      'postgres://ada:hunter22@db:5432/x',
      'postgres://ada:[password]@db:5432/x',
    ],
    ['password=hunter22 user=ada', 'password=[redacted] user=ada'],
    ['"api_key": "abcdef123456"', '"api_key": "[redacted]"'],
    ['the key AKIAIOSFODNN7EXAMPLE leaked', 'the key [access key] leaked'],
    [
      '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----',
      '[private key]',
    ],
    [
      'uses secret:portal/team/db#password, version 3',
      'uses secret:portal/team/db#password, version 3',
    ],
    [
      'token=secret:vault/a/b?version=2#token;',
      'token=secret:vault/a/b?version=2#token;',
    ],
    ['about "secret:portal/a-b/c.d#*"', 'about "secret:portal/a-b/c.d#*"'],
    ['secret:hunter22', 'secret:[redacted]'],
    ['secret:portal/hunter22', 'secret:[redacted]'],
    ['secret: portal/a#b', 'secret: [redacted]'],
    ['secret:portal/a#b=c+d/e', 'secret:[redacted]'],
    [
      'nothing secret in https://example.com/a:b@c',
      'nothing secret in https://example.com/a:b@c',
    ],
  ])('%j becomes %j', (text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it('reaches every text inside a value', () => {
    expect(
      redactDeep({ a: ['token=abcdefgh'], b: { c: 1, d: 'fine' } }),
    ).toEqual({
      a: ['token=[redacted]'],
      b: { c: 1, d: 'fine' },
    });
  });
});
