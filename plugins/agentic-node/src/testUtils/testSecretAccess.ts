import { parseSecretReference } from '../secretReferences';
import { NotFoundError } from '@backstage/errors';
import type { SecretMetadata } from '@agentic-backstage/plugin-agentic-common';
import type { SecretAccess, SecretStore } from '../secrets';
import { MemorySecretStore } from './MemorySecretStore';

/** A tool's access to secrets whose store a test can look into, and that remembers what for it was used. */
export interface TestSecretAccess extends SecretAccess {
  readonly store: SecretStore;
  /** The purposes given, in order. */
  readonly purposes: readonly string[];
}

/** Access to every secret of a store in memory, or of another one, without a guard before it. */
export function testSecretAccess(
  store: SecretStore = new MemorySecretStore(),
): TestSecretAccess {
  const purposes: string[] = [];
  return {
    store,
    purposes,
    describe: path => store.describe(path),
    async conceal(path, text) {
      const found = await store.describe(path);
      const values = found ? (await store.get(path)).values : {};
      return Object.values(values).reduce(
        (clean, value) =>
          clean
            .replaceAll(value, '[secret]')
            .replaceAll(encodeURIComponent(value), '[secret]'),
        text,
      );
    },
    async resolve(reference, purpose) {
      purposes.push(purpose);
      const { path, key, version } = parseSecretReference(reference);
      const value = (await store.get(path, version)).values[key];
      if (value === undefined) {
        throw new NotFoundError(`The secret '${path}' has no '${key}'`);
      }
      return value;
    },
    async put(path, write, purpose): Promise<SecretMetadata> {
      purposes.push(purpose);
      return store.put(path, write);
    },
    async destroy(path, purpose) {
      purposes.push(purpose);
      await store.destroy(path);
    },
  };
}
