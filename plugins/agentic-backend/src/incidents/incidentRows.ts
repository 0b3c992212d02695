import type { Knex } from 'knex';
import type { IncidentRow } from './IncidentStore';

/** The incidents that were resolved before a time, for the sweeper. */
export function incidentRows(knex: Knex): {
  count(before: string): Promise<number>;
  /** Deletes them with their timelines and answers how many are left. */
  remove(before: string): Promise<number>;
} {
  const resolved = (on: Knex, before: string) =>
    on<IncidentRow>('incidents')
      .where('status', 'resolved')
      .where('resolved_at', '<', before);
  const count = async (before: string): Promise<number> => {
    const [row] = await resolved(knex, before).count({ total: '*' });
    return Number(row.total);
  };
  return {
    count,
    async remove(before) {
      await knex.transaction(async trx => {
        await trx('incident_entries')
          .whereIn('incident_id', resolved(trx, before).select('id'))
          .delete();
        await resolved(trx, before).delete();
      });
      return count(before);
    },
  };
}
