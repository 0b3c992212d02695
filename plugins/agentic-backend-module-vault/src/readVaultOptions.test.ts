import { mockServices } from '@backstage/backend-test-utils';
import { readVaultOptions } from './readVaultOptions';

const auth = { method: 'token', token: 'a-token' };
const read = (vault: object | undefined) =>
  readVaultOptions(
    mockServices.rootConfig({ data: { agentic: vault ? { vault } : {} } }),
  );

describe('readVaultOptions', () => {
  it('answers nothing when nothing is configured', () => {
    expect(read(undefined)).toBeUndefined();
  });

  it('fills in what is usual', () => {
    expect(read({ url: 'https://vault.example.com:8200', auth })).toMatchObject(
      {
        mount: 'secret',
        pathPrefix: 'agentic',
        timeoutMs: 10_000,
        auth,
      },
    );
  });

  it.each<[string, object, RegExp]>([
    ['plain HTTP', { url: 'http://vault.example.com', auth }, /use https/],
    ['no address', { url: 'vault', auth }, /agentic\.vault\.url/],
    ['a file', { url: 'file:///etc/passwd', auth }, /agentic\.vault\.url/],
    [
      'a password in the address',
      { url: 'https://u:p@vault.example.com', auth },
      /agentic\.vault\.url/,
    ],
    [
      'a mount that leaves its place',
      { url: 'https://v', mount: '../sys', auth },
      /agentic\.vault\.mount/,
    ],
    [
      'a folder that leaves its place',
      { url: 'https://v', pathPrefix: 'a/../../b', auth },
      /agentic\.vault\.pathPrefix/,
    ],
    [
      'an unknown method',
      { url: 'https://v', auth: { method: 'guess' } },
      /token, approle and kubernetes/,
    ],
    [
      'no time at all',
      { url: 'https://v', timeoutSeconds: 0, auth },
      /agentic\.vault\.timeoutSeconds/,
    ],
    [
      'no token',
      { url: 'https://v', auth: { method: 'token' } },
      /agentic\.vault\.auth\.token/,
    ],
  ])('refuses %s', (_what, vault, why) => {
    expect(() => read(vault)).toThrow(why);
  });
});
