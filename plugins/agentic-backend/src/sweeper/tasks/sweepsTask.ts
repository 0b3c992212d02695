import type { SweepTask } from '@agentic-backstage/plugin-agentic-node';
import type { Knex } from 'knex';
import { rowsTask } from './rowsTask';

/** Deletes what is known of sweeps that were done long ago; that they were is on the change record. */
export function sweepsTask(knex: Knex, days: number): SweepTask {
  const old = (db: Knex, before: string) =>
    db('sweeps').where('status', 'done').where('finished_at', '<', before);
  const count = async (before: string): Promise<number> => {
    const [row] = await old(knex, before).count({ total: '*' });
    return Number(row.total);
  };
  return rowsTask({
    id: 'host.sweeps',
    title: 'Sweeps',
    reason: 'They were done',
    days,
    count,
    async remove(before) {
      await knex.transaction(async trx => {
        await trx('sweep_items')
          .whereIn('sweep_id', old(trx, before).select('id'))
          .delete();
        await old(trx, before).delete();
      });
      return count(before);
    },
  });
}
