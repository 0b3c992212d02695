import type { Knex } from 'knex';
import { isoNow } from '../database/rows';

/** True for the first transaction that asks with this id, and for no other ever. */
export async function once(
  trx: Knex.Transaction,
  id: string,
): Promise<boolean> {
  const inserted = await trx('limit_alerts')
    .insert({ id: id.slice(0, 255), at: isoNow() })
    .onConflict('id')
    .ignore()
    .returning('id');
  return inserted.length > 0;
}
