import type {
  SecretAccess,
  SecretLook,
} from '@agentic-backstage/plugin-agentic-node';
import type { SecretMasks } from '../runtime/redactValues';
import { LentSecrets, type SecretUse } from './LentSecrets';
import { BorrowedSecrets } from './leases/BorrowedSecrets';
import type { LeaseBook } from './leases/LeaseBook';
import type { Borrower } from './leases/LeaseRow';
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
  readonly #leases: LeaseBook;

  constructor(options: {
    stores: SecretStores;
    records: SecretAccessRecords;
    masks: SecretMasks;
    leases: LeaseBook;
  }) {
    this.#stores = options.stores;
    this.#records = options.records;
    this.#masks = options.masks;
    this.#leases = options.leases;
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
      leases: this.#leases,
      borrowed: new BorrowedSecrets(this.#leases, borrowerOf(use)),
    });
    try {
      return this.#masks.maskDeep(await work(lent));
    } catch (error) {
      throw this.#masks.maskError(error);
    } finally {
      await lent.end();
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

function borrowerOf(use: SecretUse): Borrower {
  const { actor, tool, workflowId, taskId, requestedBy } = use;
  return { actor, tool, workflowId, taskId, requestedBy };
}
