import type {
  SecretAccess,
  SecretLook,
} from '@agentic-backstage/plugin-agentic-node';
import type { SecretMasks } from '../runtime/redactValues';
import { LentSecrets, type SecretUse } from './LentSecrets';
import type { SecretAccessRecords } from './SecretAccessRecords';
import type { SecretStores } from './SecretStores';

/**
 * Lends secrets for the time of one call. What was handed out is masked in what the call answers and
 * throws, and in everything else this process says; when the call is over, nothing more is handed out.
 */
export class SecretLender {
  readonly #stores: SecretStores;
  readonly #records: SecretAccessRecords;
  readonly #masks: SecretMasks;

  constructor(options: {
    stores: SecretStores;
    records: SecretAccessRecords;
    masks: SecretMasks;
  }) {
    this.#stores = options.stores;
    this.#records = options.records;
    this.#masks = options.masks;
  }

  /** For a call that acts. */
  async lend<T>(
    use: SecretUse,
    work: (secrets: SecretAccess) => Promise<T>,
  ): Promise<T> {
    const lent = new LentSecrets({
      stores: this.#stores,
      records: this.#records,
      masks: this.#masks,
      use,
    });
    try {
      return this.#masks.maskDeep(await work(lent));
    } catch (error) {
      throw this.#masks.maskError(error);
    } finally {
      lent.end();
    }
  }

  /** For a call that only looks: no values. */
  async lendLook<T>(
    use: SecretUse,
    work: (secrets: SecretLook) => Promise<T>,
  ): Promise<T> {
    return this.lend(use, secrets =>
      work({
        describe: path => secrets.describe(path),
        conceal: (path, text) => secrets.conceal(path, text),
      }),
    );
  }
}
