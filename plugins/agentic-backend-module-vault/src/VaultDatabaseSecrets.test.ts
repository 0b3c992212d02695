import { dynamicSecretStoreContract } from '@agentic-backstage/plugin-agentic-node/testUtils';
import { FakeVault } from './__testUtils__/FakeVault';
import type { VaultAuth } from './readVaultOptions';
import { VaultDatabaseSecrets } from './VaultDatabaseSecrets';
import { VaultSession } from './VaultSession';

describe('VaultDatabaseSecrets', () => {
  let vault: FakeVault;
  const sessions: VaultSession[] = [];

  const start = async (auth?: VaultAuth): Promise<VaultDatabaseSecrets> => {
    vault = await FakeVault.start();
    vault.database.roles.set('readonly', {
      defaultTtlSeconds: 3600,
      maxTtlSeconds: 7200,
    });
    const session = new VaultSession({
      url: vault.url,
      mount: 'secret',
      pathPrefix: 'agentic',
      timeoutMs: 500,
      auth: auth ?? { method: 'token', token: vault.issueToken() },
    });
    sessions.push(session);
    return new VaultDatabaseSecrets(
      { url: vault.url, mount: 'database' },
      session,
    );
  };

  afterEach(async () => {
    sessions.splice(0).forEach(session => session.close());
    await vault.stop();
  });

  dynamicSecretStoreContract({
    name: 'VaultDatabaseSecrets',
    setUp: async () => ({
      store: await start(),
      path: 'readonly',
      unknownPath: 'nobody-configured-it',
      works: async values => vault.database.works(values),
    }),
  });

  it('says when credentials end, and they do', async () => {
    const store = await start();
    vault.database.roles.set('short', {
      defaultTtlSeconds: 0.1,
      maxTtlSeconds: 0.1,
    });
    const lent = await store.issue('short');
    expect(Date.parse(lent.expiresAt) - Date.now()).toBeLessThan(200);
    await new Promise(resolve => setTimeout(resolve, 150));
    expect(vault.database.works(lent.values)).toBe(false);
    await expect(store.renew(lent.leaseId, 60)).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining('lease not found'),
    });
    await store.revoke(lent.leaseId);
  });

  it('gets no more time than the role allows', async () => {
    const store = await start();
    const { leaseId } = await store.issue('readonly');
    const until = Date.parse(await store.renew(leaseId, 100_000));
    expect(until - Date.now()).toBeLessThanOrEqual(7_201_000);
  });

  it('says that a lease may not be renewed', async () => {
    const store = await start();
    vault.database.roles.set('fixed', {
      defaultTtlSeconds: 60,
      maxTtlSeconds: 60,
      renewable: false,
    });
    const lent = await store.issue('fixed');
    await expect(store.renew(lent.leaseId, 60)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('says that users could not be dropped, and drops them later', async () => {
    const store = await start();
    const lent = await store.issue('readonly');
    vault.database.dropFails = 'connection refused';
    await expect(store.revoke(lent.leaseId)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('connection refused'),
    });
    expect(vault.database.works(lent.values)).toBe(true);
    vault.database.dropFails = undefined;
    await store.revoke(lent.leaseId);
    expect(vault.database.users).toBe(0);
  });

  it.each<[string, (fake: FakeVault) => void, RegExp]>([
    ['sealed', fake => Object.assign(fake, { sealed: true }), /sealed/],
    [
      'slow',
      fake => Object.assign(fake, { delayMs: 2_000 }),
      /did not answer within 0.5 s/,
    ],
  ])('says that Vault is %s, which may pass', async (_what, make, why) => {
    const store = await start();
    const lent = await store.issue('readonly');
    make(vault);
    for (const attempt of [
      () => store.issue('readonly'),
      () => store.renew(lent.leaseId, 60),
      () => store.revoke(lent.leaseId),
    ]) {
      await expect(attempt()).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.stringMatching(why),
      });
    }
  });

  it('says that the policy forbids a role', async () => {
    const store = await start();
    await expect(store.issue('forbidden')).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('GET database/creds/forbidden'),
    });
  });

  it.each(['../secret/data/x', 'a/b', '', 'role?x=1'])(
    'asks nothing for the role %j',
    async role => {
      const store = await start();
      await expect(store.issue(role)).rejects.toMatchObject({
        name: 'InputError',
      });
      expect(vault.requests).toEqual([]);
    },
  );

  it('logs in again to revoke when its token was taken away', async () => {
    const store = await start({
      method: 'approle',
      roleId: 'a-role',
      secretId: 'a-secret-id',
      mount: 'approle',
    });
    const lent = await store.issue('readonly');
    vault.revokeAll();
    await store.revoke(lent.leaseId);
    expect(vault.database.users).toBe(0);
  });
});
