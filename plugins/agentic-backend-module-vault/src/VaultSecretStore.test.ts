import { secretStoreContract } from '@agentic-backstage/plugin-agentic-node/testUtils';
import type { VaultAuth, VaultOptions } from './readVaultOptions';
import { FakeVault, type FakeVaultOptions } from './__testUtils__/FakeVault';
import { VaultSecretStore } from './VaultSecretStore';
import { VaultSession } from './VaultSession';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe('VaultSecretStore', () => {
  let vault: FakeVault;
  const sessions: VaultSession[] = [];

  const start = async (options?: FakeVaultOptions) => {
    vault = await FakeVault.start(options);
    return vault;
  };
  const storeWith = (changes: Partial<VaultOptions> = {}): VaultSecretStore => {
    const auth: VaultAuth = { method: 'token', token: vault.issueToken() };
    const options: VaultOptions = {
      url: vault.url,
      mount: 'secret',
      pathPrefix: 'agentic',
      timeoutMs: 2_000,
      auth,
      ...changes,
    };
    const session = new VaultSession(options);
    sessions.push(session);
    return new VaultSecretStore(options, session);
  };
  const logins = () =>
    vault.requests.filter(({ path: asked }) => asked.endsWith('/login')).length;

  afterEach(async () => {
    sessions.splice(0).forEach(session => session.close());
    await vault.stop();
  });

  secretStoreContract({
    name: 'VaultSecretStore',
    setUp: async () => {
      await start();
      return storeWith();
    },
  });

  it('keeps everything below its folder and asks only there', async () => {
    await start();
    const store = storeWith({ pathPrefix: 'teams/portal' });
    await store.put('team/db', { values: { password: 'a password' } });
    vault.kv.write('teams/other/db', { password: 'of somebody else' });
    expect((await store.list()).map(found => found.path)).toEqual(['team/db']);
    const places = vault.requests
      .filter(({ path: asked }) => asked.startsWith('secret/'))
      .map(({ path: asked }) => asked.split('/').slice(2, 4).join('/'));
    expect(new Set(places)).toEqual(new Set(['teams/portal']));
  });

  it('reads what people wrote there by other means, numbers too', async () => {
    await start();
    vault.kv.write('agentic/team/db', { password: 'a password', port: 5432 });
    const store = storeWith();
    expect(await store.get('team/db')).toEqual({
      values: { password: 'a password', port: '5432' },
      version: 1,
    });
    expect(await store.describe('team/db')).toMatchObject({
      labels: {},
      rotateAfterDays: 90,
    });
  });

  it('treats what was soft-deleted as not there', async () => {
    await start();
    const store = storeWith();
    await store.put('team/db', { values: { password: 'a password' } });
    vault.kv.softDelete('agentic/team/db');
    expect(await store.describe('team/db')).toBeUndefined();
    await expect(store.get('team/db')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    expect(
      await store.put('team/db', {
        values: { password: 'another' },
        expectedVersion: 0,
      }),
    ).toMatchObject({ version: 2 });
  });

  it('does not write over what somebody wrote a moment ago', async () => {
    await start();
    const store = storeWith();
    await store.put('team/db', { values: { password: 'a password' } });
    let times = 0;
    vault.kv.beforeWrite = () => {
      times += 1;
      if (times === 1)
        vault.kv.write('agentic/team/db', { password: 'theirs' });
    };
    await expect(
      store.put('team/db', {
        values: { password: 'mine' },
        expectedVersion: 1,
      }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect((await store.get('team/db')).values.password).toBe('theirs');
    times = 0;
    expect(
      await store.put('team/db', { values: { password: 'mine' } }),
    ).toMatchObject({ version: 4 });
  });

  it.each<[string, VaultAuth]>([
    [
      'AppRole',
      {
        method: 'approle',
        roleId: 'a-role',
        secretId: 'a-secret-id',
        mount: 'approle',
      },
    ],
    [
      'Kubernetes',
      {
        method: 'kubernetes',
        role: 'portal',
        jwtFile: path.join(os.tmpdir(), 'agentic-vault-test-jwt'),
        mount: 'kubernetes',
      },
    ],
  ])(
    'logs in once with %s, and again when the token was taken away',
    async (_method, auth) => {
      await start();
      if (auth.method === 'kubernetes') {
        writeFileSync(auth.jwtFile, 'a-service-account-token\n');
      }
      const store = storeWith({ auth });
      await Promise.all([store.list(), store.describe('x'), store.list()]);
      expect(logins()).toBe(1);
      vault.revokeAll();
      expect(await store.describe('x')).toBeUndefined();
      expect(logins()).toBe(2);
    },
  );

  it('renews a token before it ends', async () => {
    await start({ tokenSeconds: 2 });
    const store = storeWith();
    await store.list();
    await new Promise(resolve => setTimeout(resolve, 3_000));
    await expect(store.list()).resolves.toEqual([]);
    expect(vault.requests.map(({ path: asked }) => asked)).toContain(
      'auth/token/renew-self',
    );
  });

  it('logs in anew instead of renewing what cannot be renewed', async () => {
    await start({ tokenSeconds: 2, renewable: false });
    const store = storeWith({
      auth: {
        method: 'approle',
        roleId: 'a-role',
        secretId: 'a-secret-id',
        mount: 'approle',
      },
    });
    await store.list();
    await new Promise(resolve => setTimeout(resolve, 2_500));
    await expect(store.list()).resolves.toEqual([]);
    expect(logins()).toBe(2);
  });

  it.each<[string, Partial<VaultOptions>, RegExp]>([
    [
      'a token that nobody issued',
      { auth: { method: 'token', token: 'hvs.wrong-token-value' } },
      /does not accept agentic\.vault\.auth: permission denied/,
    ],
    [
      'a wrong secret id',
      {
        auth: {
          method: 'approle',
          roleId: 'a-role',
          secretId: 'wrong-token-value',
          mount: 'approle',
        },
      },
      /invalid role or secret ID/,
    ],
  ])('says so for %s, without repeating it', async (_what, changes, why) => {
    await start();
    const store = storeWith(changes);
    const error = await store.list().catch(failed => failed);
    expect(error.name).toBe('NotAllowedError');
    expect(error.message).toMatch(why);
    expect(`${error.message}${error.stack}`).not.toContain('wrong-token-value');
    expect(await store.problem()).toMatch(why);
  });

  it('says that the policy forbids a path', async () => {
    await start();
    await expect(storeWith().get('forbidden/db')).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining(
        'GET secret/data/agentic/forbidden/db: 1 error occurred',
      ),
    });
  });

  it.each<[string, (fake: FakeVault) => void, RegExp]>([
    ['sealed', fake => Object.assign(fake, { sealed: true }), /sealed/],
    [
      'slow',
      fake => Object.assign(fake, { delayMs: 5_000 }),
      /did not answer within 2 s/,
    ],
  ])('says that it is %s, which may pass', async (_what, make, why) => {
    await start();
    const store = storeWith();
    await store.list();
    make(vault);
    await expect(store.get('x')).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(why),
    });
  });

  it('says that nobody answers', async () => {
    await start();
    const store = storeWith({ url: new URL('http://127.0.0.1:9') });
    await expect(store.get('x')).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
    expect(await store.problem()).toMatch(/could not be asked/);
  });

  it('works in a namespace', async () => {
    await start({ namespace: 'team-a' });
    const store = storeWith({ namespace: 'team-a' });
    await store.put('x', { values: { password: 'a password' } });
    expect((await store.get('x')).version).toBe(1);
    expect(await storeWith().problem()).toMatch(/no handler for route/);
  });

  (hasOpenssl ? describe : describe.skip)('over TLS', () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(path.join(os.tmpdir(), 'agentic-vault-test-'));
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it('trusts the configured authority, and nobody else', async () => {
      const [key, cert] = ['key.pem', 'cert.pem'].map(name =>
        path.join(folder, name),
      );
      execFileSync(
        'openssl',
        [
          ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'],
          ...['-subj', '/CN=localhost', '-keyout', key, '-out', cert],
          ...['-addext', 'subjectAltName=DNS:localhost'],
        ],
        { stdio: 'ignore' },
      );
      const ca = readFileSync(cert, 'utf8');
      await start({ tls: { key: readFileSync(key, 'utf8'), cert: ca } });
      await expect(storeWith().list()).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.stringMatching(/certificate/),
      });
      await expect(storeWith({ ca }).list()).resolves.toEqual([]);
    });
  });
});
