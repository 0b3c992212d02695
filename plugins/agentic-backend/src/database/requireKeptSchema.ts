import type { Knex } from 'knex';
import { randomBytes } from 'node:crypto';

/**
 * Throws where the plugin's schema is chosen by a setting of the session that a transaction pooler
 * does not keep: its tables would be looked for, and made, wherever the last user of the connection
 * had been.
 */
export async function requireKeptSchema(knex: Knex): Promise<void> {
  const { client, searchPath } = knex.client.config as Knex.Config;
  if (client !== 'pg' || !searchPath || knex.client.pool.max < 2) {
    return;
  }
  const path = [searchPath].flat();
  const probe = `agentic_probe_${randomBytes(4).toString('hex')}`;
  const first = await knex.client.acquireConnection();
  const second = await knex.client.acquireConnection();
  const setPath = (names: readonly string[]) =>
    knex
      .raw(`set search_path to ${names.map(() => '??').join(', ')}`, [...names])
      .connection(first);
  try {
    await setPath([...path, probe]);
    // Behind a pooler this takes the server connection that was just set.
    await knex.raw('begin').connection(second);
    const { rows } = await knex.raw('show search_path').connection(first);
    await knex.raw('rollback').connection(second);
    await setPath(path);
    if (!String(rows[0].search_path).includes(probe)) {
      throw new Error(
        `The database connection does not keep its search_path (a transaction pooler?), which backend.database.pluginDivisionMode 'schema' relies on: connect around the pooler, or use the mode 'database'`,
      );
    }
  } finally {
    await knex.client.releaseConnection(first);
    await knex.client.releaseConnection(second);
  }
}
