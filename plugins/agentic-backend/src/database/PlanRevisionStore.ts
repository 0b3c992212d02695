import type {
  Plan,
  PlanRevision,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { fromJson } from './rows';
import type { PlanRow } from './tables';

interface PlanRevisionRow {
  workflow_id: string;
  version: number;
  plan_hash: string;
  revised_by: string;
  reason: string;
  difference: string;
  revised_at: string;
}

/** Keeps who changed a request, why, and what differs. */
export async function insertPlanRevision(
  trx: Knex.Transaction,
  workflowId: string,
  revision: PlanRevision,
): Promise<void> {
  await trx<PlanRevisionRow>('plan_revisions').insert({
    workflow_id: workflowId,
    version: revision.version,
    plan_hash: revision.planHash,
    revised_by: revision.revisedBy,
    reason: revision.reason,
    difference: JSON.stringify(revision.difference),
    revised_at: revision.revisedAt,
  });
}

/** The changes of a workflow's request, oldest first. */
export async function findPlanRevisions(
  knex: Knex,
  workflowId: string,
): Promise<PlanRevision[]> {
  const rows = await knex<PlanRevisionRow>('plan_revisions')
    .where('workflow_id', workflowId)
    .orderBy('version');
  return rows.map(row => ({
    version: row.version,
    planHash: row.plan_hash,
    revisedBy: row.revised_by,
    reason: row.reason,
    difference: fromJson(row.difference),
    revisedAt: row.revised_at,
  }));
}

/** The newest plan of a workflow that has this hash. */
export async function planByHash(
  knex: Knex,
  workflowId: string,
  planHash: string,
): Promise<Plan | undefined> {
  const row = await knex<PlanRow>('plans')
    .where({ workflow_id: workflowId, plan_hash: planHash })
    .orderBy('version', 'desc')
    .first();
  return row && fromJson<Plan>(row.body);
}
