import type {
  DynamicSecretStore,
  SecretValues,
} from '@agentic-backstage/plugin-agentic-node';
import { HOLD_MS, type LeaseBook, type Loan } from './LeaseBook';
import type { Borrower } from './LeaseRow';

const BEAT_MS = HOLD_MS / 3;
/** Credentials with less left than this are given more time. */
const SOON_MS = 2 * HOLD_MS;
const MORE_SECONDS = 600;

/** What a call needs of the book. */
type Desk = Pick<LeaseBook, 'lend' | 'hold' | 'renew' | 'giveBack'>;

/** What one call has borrowed: one loan for each path, kept alive as long as the call is, and given back at its end. */
export class BorrowedSecrets {
  readonly #book: Desk;
  readonly #borrower: Borrower;
  readonly #loans = new Map<string, Promise<Loan>>();
  readonly #expiry = new Map<number, number>();
  #beat: NodeJS.Timeout | undefined;

  constructor(book: Desk, borrower: Borrower) {
    this.#book = book;
    this.#borrower = borrower;
  }

  /** The values of a path: asked for twice in one call, the same, since a name and its password belong together. */
  async values(store: DynamicSecretStore, path: string): Promise<SecretValues> {
    const key = `${store.id}/${path}`;
    const known = this.#loans.get(key);
    if (known) {
      return (await known).secret.values;
    }
    const loan = this.#book.lend(store, path, this.#borrower);
    this.#loans.set(key, loan);
    this.#beat ??= setInterval(() => {
      this.#keep().catch(() => undefined);
    }, BEAT_MS).unref();
    try {
      const { id, secret } = await loan;
      this.#expiry.set(id, Date.parse(secret.expiresAt));
      return secret.values;
    } catch (error) {
      this.#loans.delete(key);
      throw error;
    }
  }

  /** Gives everything back. Never throws: what cannot be revoked now is revoked by the sweeper. */
  async end(): Promise<void> {
    clearInterval(this.#beat);
    const loans = await Promise.allSettled(this.#loans.values());
    this.#loans.clear();
    for (const loan of loans) {
      if (loan.status === 'fulfilled') {
        await this.#book.giveBack(loan.value.id).catch(() => undefined);
      }
    }
  }

  async #keep(): Promise<void> {
    const loans = await Promise.all(this.#loans.values());
    await this.#book.hold(loans.map(({ id }) => id));
    for (const loan of loans) {
      const left = (this.#expiry.get(loan.id) ?? 0) - Date.now();
      if (loan.secret.renewable && left < SOON_MS) {
        const until = await this.#book
          .renew(loan, MORE_SECONDS)
          .catch(() => undefined);
        // One that may not be renewed any further is not asked for again.
        this.#expiry.set(loan.id, until ? Date.parse(until) : Infinity);
      }
    }
  }
}
