import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { HOLD_MS, type LeaseBook } from './LeaseBook';
import type { LeaseRow } from './LeaseRow';

const AT_ONCE = 50;
const KEPT_MS = 30 * 24 * 3_600_000;

/** Takes back what a call could not: it died while it had credentials, or they could not be revoked at its end. */
export class LeaseSweeper {
  constructor(
    private readonly options: {
      knex: Knex;
      book: LeaseBook;
      logger: LoggerService;
    },
  ) {}

  /** One round; answers how many were dealt with. Each is claimed first, so that replicas do not meet. */
  async sweep(now: Date = new Date()): Promise<number> {
    const { knex, book, logger } = this.options;
    const due: LeaseRow[] = await knex<LeaseRow>('secret_leases')
      .where(left =>
        left
          .whereIn('status', ['asked', 'lent'])
          .where('held_until', '<', now.toISOString()),
      )
      .orWhere(returned =>
        returned
          .where('status', 'returned')
          .where('next_try_at', '<=', now.toISOString()),
      )
      .orderBy('id')
      .limit(AT_ONCE);
    let done = 0;
    for (const row of due) {
      try {
        if (!(await this.#claim(row, now))) continue;
        done += 1;
        if (row.lease_id === null) {
          await book.close(row, 'lost');
        } else if ((row.expires_at ?? '') <= now.toISOString()) {
          await book.close(row, 'expired');
        } else {
          await book.revoke(
            row,
            row.status === 'lent'
              ? 'the call that had it died'
              : 'it could not be revoked before',
          );
        }
      } catch (error) {
        logger.warn(`The loan ${row.id} could not be taken back`, {
          error: String(error),
        });
      }
    }
    await knex<LeaseRow>('secret_leases')
      .where('ended_at', '<', new Date(now.getTime() - KEPT_MS).toISOString())
      .delete();
    return done;
  }

  async #claim(row: LeaseRow, now: Date): Promise<boolean> {
    const later = new Date(now.getTime() + HOLD_MS).toISOString();
    const changed = await this.options
      .knex<LeaseRow>('secret_leases')
      .where({
        id: row.id,
        status: row.status,
        held_until: row.held_until,
        attempts: row.attempts,
      })
      .whereNull('ended_at')
      .update({
        held_until: later,
        ...(row.status === 'asked'
          ? {}
          : { status: 'returned' as const, next_try_at: later }),
      });
    return changed > 0;
  }
}
