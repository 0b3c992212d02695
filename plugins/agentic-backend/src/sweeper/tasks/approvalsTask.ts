import { TERMINAL_PHASES } from '@agentic-backstage/plugin-agentic-common';
import type { SweepTask } from '@agentic-backstage/plugin-agentic-node';
import type { Knex } from 'knex';
import { closeApproval } from '../../database/ApprovalStore';
import type { ApprovalRow } from '../../database/tables';

/**
 * Closes approvals that are past their time and that no run will look at again, because their
 * workflow is at its end. What was decided stays on record.
 */
export function approvalsTask(knex: Knex): SweepTask {
  const forgotten = (now: Date) =>
    knex<ApprovalRow>('approvals')
      .where('status', 'open')
      .where('expires_at', '<', now.toISOString())
      .whereIn(
        'workflow_id',
        knex('workflows')
          .whereIn('phase', [...TERMINAL_PHASES])
          .select('id'),
      );
  return {
    id: 'host.approvals',
    title: 'Forgotten approvals',
    class: 'rows',
    async find({ now }) {
      const rows: ApprovalRow[] = await forgotten(now).orderBy('id');
      return rows.map(row => ({
        id: row.id,
        title: `Approval ${row.id} of workflow ${row.workflow_id}`,
        reason: `It expired at ${row.expires_at} and its workflow is at its end`,
        action: 'closed as expired',
        belongsTo: {},
      }));
    },
    async remove(candidate, { now }) {
      await knex.transaction(async trx => {
        const row = await forgotten(now)
          .transacting(trx)
          .where('id', candidate.id)
          .first();
        if (row) await closeApproval(trx, candidate.id, 'expired');
      });
      const row = await knex<ApprovalRow>('approvals')
        .where('id', candidate.id)
        .first('status');
      return {
        state: row?.status === 'open' ? 'unknown' : 'absent',
        evidence: `It is ${row?.status ?? 'gone'}`,
        observedAt: new Date().toISOString(),
      };
    },
  };
}
