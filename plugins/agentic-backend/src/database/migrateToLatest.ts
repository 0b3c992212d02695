import type { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';

/** Any number that means "one process migrates at a time" in PostgreSQL. */
const MIGRATE_LOCK = 7_204_116;
const PAUSE_MS = 250;
const STALE_AFTER_MS = 15_000;
const SIGN_OF_LIFE_MS = 500;

/**
 * Brings the schema up to date. Any number of processes may do so at once: one works, the others wait.
 * A lock that a killed process left in Knex's table is taken away. A schema that a newer version has
 * made stays as it is: during a rolling update both work on it.
 */
export async function migrateToLatest(
  knex: Knex,
  directory: string,
  options: { staleAfterMs?: number } = {},
): Promise<void> {
  const { staleAfterMs = STALE_AFTER_MS } = options;
  const migrate = async () => {
    const deadline = Date.now() + staleAfterMs;
    for (;;) {
      try {
        await knex.migrate.latest({
          directory,
          disableMigrationsListValidation: true,
        });
        return;
      } catch (error) {
        if (!isLocked(error)) throw error;
        if (Date.now() > deadline) {
          knex.client.logger.warn(
            'A process that is gone has left the lock of the migrations: taking it away',
          );
          await knex.migrate.forceFreeMigrationsLock({ directory });
        }
        await sleep(PAUSE_MS);
      }
    }
  };
  if (!canLock(knex)) {
    await migrate();
    return;
  }
  await knex.transaction(async trx => {
    await trx.raw('set local idle_in_transaction_session_timeout = 0');
    // Of the transaction and not of the session: that holds through a transaction pooler too.
    await trx.raw('select pg_advisory_xact_lock(?)', [MIGRATE_LOCK]);
    // A pooler may end transactions in which nothing happens.
    const awake = setInterval(() => {
      trx.raw('select 1').catch(() => undefined);
    }, SIGN_OF_LIFE_MS);
    try {
      await migrate();
    } finally {
      clearInterval(awake);
    }
  });
}

/** The lock takes a connection while another one migrates. */
function canLock(knex: Knex): boolean {
  return knex.client.config.client === 'pg' && knex.client.pool.max > 1;
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && error.name === 'MigrationLocked';
}
