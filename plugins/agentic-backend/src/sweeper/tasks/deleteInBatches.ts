import type { Knex } from 'knex';
import { setImmediate as nextTurn } from 'node:timers/promises';

const AT_ONCE = 1000;

/**
 * Deletes the rows that a query finds in a table, some at a time: SQLite works in this very thread, and
 * PostgreSQL keeps what one statement deletes locked until its end. Others get their turn in between.
 */
export async function deleteInBatches(
  knex: Knex,
  table: string,
  find: () => Knex.QueryBuilder,
  atOnce: number = AT_ONCE,
): Promise<void> {
  // What either database finds a row by, whatever the table's key is.
  const row = knex.client.config.client === 'pg' ? 'ctid' : 'rowid';
  for (;;) {
    const deleted = await knex(table)
      .whereIn(row, find().select(row).limit(atOnce))
      .delete();
    if (deleted < atOnce) return;
    await nextTurn();
  }
}
