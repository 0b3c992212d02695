import type { SecretAccessEntry } from '@agentic-backstage/plugin-agentic-common';
import type {
  DynamicSecret,
  DynamicSecretStore,
} from '@agentic-backstage/plugin-agentic-node';
import type { Knex } from 'knex';
import { fromJson, isoNow } from '../../database/rows';
import { isOutage } from '../../resilience/isOutage';
import type { SecretAccessRecords } from '../SecretAccessRecords';
import type { Borrower, LeaseRow } from './LeaseRow';

/** How long a loan is taken for alive without a word of who has it. */
export const HOLD_MS = 60_000;
const FIRST_RETRY_MS = 15_000;
const LAST_RETRY_MS = 30 * 60_000;

/** A loan that a call has now. */
export interface Loan {
  readonly id: number;
  readonly store: DynamicSecretStore;
  readonly secret: DynamicSecret;
}

/**
 * The book of what was lent: credentials that are made for one call and revoked when it is over.
 * Written before they are made, so that a call that dies leaves a row that says what to take back.
 */
export class LeaseBook {
  readonly #knex: Knex;
  readonly #records: SecretAccessRecords;
  readonly #stores: ReadonlyMap<string, DynamicSecretStore>;

  constructor(options: {
    knex: Knex;
    records: SecretAccessRecords;
    stores: readonly DynamicSecretStore[];
  }) {
    this.#knex = options.knex;
    this.#records = options.records;
    this.#stores = new Map(options.stores.map(store => [store.id, store]));
  }

  /** The dynamic store of that id, if it is one. */
  store(id: string): DynamicSecretStore | undefined {
    return this.#stores.get(id);
  }

  /** Has credentials made for a call. They are on record before anybody has them. */
  async lend(
    store: DynamicSecretStore,
    path: string,
    borrower: Borrower,
  ): Promise<Loan> {
    const [{ id }] = await this.#knex<LeaseRow>('secret_leases')
      .insert({
        store: store.id,
        path,
        status: 'asked',
        borrower: JSON.stringify(borrower),
        asked_at: isoNow(),
        held_until: heldUntil(),
        attempts: 0,
      })
      .returning('id');
    const secret = await store.issue(path).catch(async error => {
      // After an outage nobody knows whether they were made; then they end by themselves.
      await this.#end(id, isOutage(error) ? 'lost' : 'revoked');
      throw error;
    });
    try {
      await this.#knex<LeaseRow>('secret_leases').where({ id }).update({
        status: 'lent',
        lease_id: secret.leaseId,
        expires_at: secret.expiresAt,
      });
    } catch (error) {
      await store.revoke(secret.leaseId).catch(() => undefined);
      throw error;
    }
    return { id, store, secret };
  }

  /** Says that a call still has these, and answers which have to be given more time. */
  async hold(ids: readonly number[]): Promise<void> {
    await this.#knex<LeaseRow>('secret_leases')
      .whereIn('id', [...ids])
      .where('status', 'lent')
      .update({ held_until: heldUntil() });
  }

  /** Gives credentials more time while a call has them. */
  async renew(loan: Loan, seconds: number): Promise<string> {
    const row = await this.#row(loan.id);
    try {
      const expiresAt = await loan.store.renew(loan.secret.leaseId, seconds);
      await this.#knex<LeaseRow>('secret_leases')
        .where('id', loan.id)
        .update({ expires_at: expiresAt });
      await this.log(row, {
        action: 'renew',
        outcome: 'granted',
        purpose: `until ${expiresAt}`,
      });
      return expiresAt;
    } catch (error) {
      await this.log(row, {
        action: 'renew',
        outcome: 'failed',
        purpose: 'the call goes on',
        reason: messageOf(error),
      });
      throw error;
    }
  }

  /** The call is over: revokes what it had. When that fails it is tried again until their time is over. */
  async giveBack(id: number): Promise<void> {
    const changed = await this.#knex<LeaseRow>('secret_leases')
      .where({ id, status: 'lent' })
      .update({ status: 'returned', next_try_at: retryAt(0) });
    if (changed > 0) {
      await this.revoke(await this.#row(id), 'the call is over');
    }
  }

  /** Revokes one that was returned. */
  async revoke(row: LeaseRow, purpose: string): Promise<void> {
    const store = this.store(row.store);
    try {
      if (!store) {
        throw new Error(
          `There is no dynamic store '${row.store}' any more; add its module again, or revoke the lease there`,
        );
      }
      await store.revoke(row.lease_id ?? '');
    } catch (error) {
      const attempts = row.attempts + 1;
      await this.#knex<LeaseRow>('secret_leases')
        .where('id', row.id)
        .update({ attempts, next_try_at: retryAt(attempts) });
      await this.log(row, {
        action: 'revoke',
        outcome: 'failed',
        purpose,
        reason: messageOf(error),
      });
      return;
    }
    await this.#end(row.id, 'revoked');
    await this.log(row, { action: 'revoke', outcome: 'granted', purpose });
  }

  /** One that needs nothing more: its own time was over, or nobody knows whether there was one. */
  async close(row: LeaseRow, status: 'expired' | 'lost'): Promise<void> {
    if (!(await this.#end(row.id, status))) {
      return;
    }
    await this.log(
      row,
      status === 'expired'
        ? { action: 'revoke', outcome: 'granted', purpose: 'it had ended' }
        : {
            action: 'issue',
            outcome: 'failed',
            purpose: 'it did not come to that',
            reason:
              'The call died before it knew the lease; if there are credentials they end by themselves',
          },
    );
  }

  /** Puts a step of a loan into the access log. */
  async log(
    row: Pick<LeaseRow, 'store' | 'path' | 'borrower'>,
    step: Pick<SecretAccessEntry, 'action' | 'outcome' | 'purpose' | 'reason'>,
  ): Promise<void> {
    await this.#records.add({
      ...fromJson<Borrower>(row.borrower),
      ...step,
      secret: `secret:${row.store}/${row.path}#*`,
    });
  }

  async #end(
    id: number,
    status: 'revoked' | 'expired' | 'lost',
  ): Promise<boolean> {
    const changed = await this.#knex<LeaseRow>('secret_leases')
      .where({ id })
      .whereNull('ended_at')
      .update({ status, ended_at: isoNow(), next_try_at: null });
    return changed > 0;
  }

  async #row(id: number): Promise<LeaseRow> {
    const row = await this.#knex<LeaseRow>('secret_leases')
      .where({ id })
      .first();
    if (!row) {
      throw new Error(`The loan ${id} is not in the book any more`);
    }
    return row;
  }
}

function heldUntil(): string {
  return new Date(Date.now() + HOLD_MS).toISOString();
}

function retryAt(attempts: number): string {
  const wait = Math.min(FIRST_RETRY_MS * 2 ** attempts, LAST_RETRY_MS);
  return new Date(Date.now() + wait).toISOString();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
