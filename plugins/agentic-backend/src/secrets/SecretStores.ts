import type { SecretMetadata } from '@agentic-backstage/plugin-agentic-common';
import type { SecretStore } from '@agentic-backstage/plugin-agentic-node';
import { InputError } from '@backstage/errors';

/** The stores of this installation, of which one takes what is new. */
export class SecretStores {
  readonly all: readonly SecretStore[];
  readonly default: SecretStore;
  readonly #own: SecretStore;

  /** `own` is the portal's; throws when the default is not among the stores, or an id is there twice. */
  constructor(options: {
    own: SecretStore;
    others: readonly SecretStore[];
    defaultStore: string;
    /** The ids of what makes credentials for one call. */
    dynamicIds?: readonly string[];
  }) {
    this.#own = options.own;
    this.all = [options.own, ...options.others];
    const ids = this.all.map(store => store.id);
    const named = [...ids, ...(options.dynamicIds ?? [])];
    const twice = named.find((id, index) => named.indexOf(id) !== index);
    if (twice !== undefined) {
      throw new Error(
        `Two stores of secrets have the id '${twice}'; give one of them another`,
      );
    }
    const found = this.all.find(store => store.id === options.defaultStore);
    if (!found) {
      throw new Error(
        `agentic.secrets.defaultStore is '${
          options.defaultStore
        }', but the stores are ${ids.join(
          ', ',
        )}; add the module of that store to the backend, or name another`,
      );
    }
    this.default = found;
  }

  /** The store with an id. Throws `InputError` when there is none. */
  byId(id: string): SecretStore {
    const store = this.all.find(candidate => candidate.id === id);
    if (!store) {
      throw new InputError(
        `There is no store of secrets '${id}'; the stores are ${this.all
          .map(each => each.id)
          .join(', ')}`,
      );
    }
    return store;
  }

  /** Where a path lies: in the default store, or in the portal's own from the time before there was another. */
  async find(
    path: string,
  ): Promise<{ store: SecretStore; metadata: SecretMetadata } | undefined> {
    for (const store of new Set([this.default, this.#own])) {
      const metadata = await store.describe(path);
      if (metadata) {
        return { store, metadata };
      }
    }
    return undefined;
  }
}
