import type { Knex } from 'knex';

/** As much of a connection to SQLite as knex uses. */
interface Connection {
  prepare(sql: string): object;
}

/** More than the product has; lists of changing length make more. */
const KEPT = 500;

/** What may change what a prepared statement means or answers. */
const CHANGES_SCHEMA =
  /^\s*(?:create|alter|drop|pragma|vacuum|attach|detach|reindex)\b/i;

/**
 * Prepares each statement of a SQLite database once instead of at every call, which would cost more
 * than most calls themselves. Call it when the schema is there; a change of the schema begins anew.
 */
export async function keepPrepared(knex: Knex): Promise<void> {
  const connection: Connection = await knex.client.acquireConnection();
  try {
    const prepare = connection.prepare.bind(connection);
    const kept = new Map<string, object>();
    connection.prepare = sql => {
      if (CHANGES_SCHEMA.test(sql)) {
        kept.clear();
        return prepare(sql);
      }
      const statement = kept.get(sql) ?? prepare(sql);
      kept.delete(sql);
      kept.set(sql, statement);
      if (kept.size > KEPT) {
        const [oldest] = kept.keys();
        kept.delete(oldest);
      }
      return statement;
    };
  } finally {
    await knex.client.releaseConnection(connection);
  }
}
