import { TERMINAL_PHASES } from '@agentic-backstage/plugin-agentic-common';
import type { SweepTask } from '@agentic-backstage/plugin-agentic-node';
import type { Knex } from 'knex';
import { tablesOfWorkflows } from '../retention/tableRetention';
import { rowsTask } from './rowsTask';

const AT_ONCE = 100;
const MAY_RUN = ['deploying', 'running', 'unknown'];

/**
 * Deletes workflows that ended long ago with everything that belongs to them, each whole or not at
 * all. One whose service is still there, or that could not be undone, stays. Its change record stays
 * too: the chain goes on being verifiable.
 */
export function workflowsTask(knex: Knex, days: number): SweepTask {
  const old = (db: Knex, before: string) =>
    db('workflows')
      .whereIn('phase', [...TERMINAL_PHASES])
      .where('updated_at', '<', before)
      .whereNotIn('id', db('service_claims').select('workflow_id'))
      .whereNotIn('id', db('services').select('workflow_id'))
      .whereNotIn(
        'id',
        db('deployments').whereIn('status', MAY_RUN).select('workflow_id'),
      )
      .whereNotIn(
        'id',
        db('effects').where('status', 'rollback_failed').select('workflow_id'),
      );
  const count = async (before: string): Promise<number> => {
    const [row] = await old(knex, before).count({ total: '*' });
    return Number(row.total);
  };
  return rowsTask({
    id: 'host.workflows',
    title: 'Ended workflows',
    reason: 'They ended',
    days,
    count,
    async remove(before) {
      for (;;) {
        const deleted = await knex.transaction(async trx => {
          const ids: string[] = await old(trx, before)
            .orderBy('updated_at')
            .limit(AT_ONCE)
            .pluck('id');
          await deleteWorkflows(trx, ids);
          return ids.length;
        });
        if (deleted < AT_ONCE) return count(before);
      }
    },
  });
}

async function deleteWorkflows(
  trx: Knex.Transaction,
  ids: readonly string[],
): Promise<void> {
  const tables = tablesOfWorkflows();
  // What names its workflow through another table goes before that table.
  for (const { table, column, through } of tables.filter(
    each => each.through,
  )) {
    await trx(table)
      .whereIn(
        column,
        trx(through!)
          .whereIn('workflow_id', [...ids])
          .select('id'),
      )
      .delete();
  }
  for (const { table, column } of tables.filter(each => !each.through)) {
    await trx(table)
      .whereIn(column, [...ids])
      .delete();
  }
  await trx('usage_totals')
    .where('scope', 'run')
    .whereIn('subject', [...ids])
    .delete();
  await trx('workflows')
    .whereIn('id', [...ids])
    .delete();
}
