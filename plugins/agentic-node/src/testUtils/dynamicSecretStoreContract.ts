import type { DynamicSecretStore } from '../dynamicSecrets';
import type { SecretValues } from '../secrets';

/** What a dynamic store is tested with. */
export interface DynamicSecretSubject {
  readonly store: DynamicSecretStore;
  /** Something that it makes credentials for, and something that it does not know. */
  readonly path: string;
  readonly unknownPath: string;
  /** Whether somebody can log in with these now, as the system that they are for sees it. */
  works(values: SecretValues): Promise<boolean>;
}

/** What everything that makes credentials for one use has to keep, as tests. Call it at the top of a test file. */
export function dynamicSecretStoreContract(options: {
  name: string;
  setUp: () => Promise<DynamicSecretSubject>;
}): void {
  // Taken here and not when the module is loaded, so that it can be loaded without a test runner.
  const { beforeEach: before, describe: suite, it: test } = globalThis;
  const expectThat = expect;

  suite(`${options.name} keeps the contract of dynamic stores`, () => {
    let subject: DynamicSecretSubject;

    before(async () => {
      subject = await options.setUp();
    });

    test('makes credentials that work, others each time', async () => {
      const { store, path, works } = subject;
      const [one, two] = [await store.issue(path), await store.issue(path)];
      expectThat(await works(one.values)).toBe(true);
      expectThat(await works(two.values)).toBe(true);
      expectThat(one.values.password).not.toBe(two.values.password);
      expectThat(one.leaseId).not.toBe(two.leaseId);
      expectThat(Date.parse(one.expiresAt)).toBeGreaterThan(Date.now());
    });

    test('makes those useless that are revoked, and no others', async () => {
      const { store, path, works } = subject;
      const [one, two] = [await store.issue(path), await store.issue(path)];
      await store.revoke(one.leaseId);
      expectThat(await works(one.values)).toBe(false);
      expectThat(await works(two.values)).toBe(true);
      await store.revoke(one.leaseId);
    });

    test('gives more time to those that live, and none to those that ended', async () => {
      const { store, path, works } = subject;
      const lent = await store.issue(path);
      const until = await store.renew(lent.leaseId, 600);
      expectThat(Date.parse(until)).toBeGreaterThan(Date.now());
      expectThat(await works(lent.values)).toBe(true);
      await store.revoke(lent.leaseId);
      await expectThat(store.renew(lent.leaseId, 600)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
    });

    test('says that there is nothing of a path', async () => {
      const { store, unknownPath } = subject;
      await expectThat(store.issue(unknownPath)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
    });
  });
}
