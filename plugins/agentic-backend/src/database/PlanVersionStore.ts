import type {
  Approval,
  Plan,
  PlanVersion,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { findApprovals } from './ApprovalStore';
import { findPlanRevisions } from './PlanRevisionStore';
import { fromJson } from './rows';
import type { PlanRow } from './tables';

/** A version of a plan with the plan itself. */
export interface StoredPlanVersion extends PlanVersion {
  readonly plan: Plan;
}

/** Every version of a workflow's plan, oldest first, with what each made void. */
export async function findPlanVersions(
  knex: Knex,
  workflow: { readonly id: string; readonly requestedBy: string },
): Promise<StoredPlanVersion[]> {
  const [rows, revisions, approvals] = await Promise.all([
    knex<PlanRow>('plans').where('workflow_id', workflow.id).orderBy('version'),
    findPlanRevisions(knex, workflow.id),
    findApprovals(knex, { workflowId: workflow.id, status: 'void' }),
  ]);
  const plans = rows.map(row => fromJson<Plan>(row.body));
  return plans.map((plan, index) => {
    const revision = revisions.find(({ version }) => version === plan.version);
    const before = plans[index - 1];
    return {
      plan,
      version: plan.version,
      planHash: plan.planHash,
      createdAt: plan.createdAt,
      changedBy: revision?.revisedBy ?? workflow.requestedBy,
      ...(revision && { reason: revision.reason }),
      voided: before
        ? approvals
            .filter(approval => wasInForce(before, plan, approval))
            .map(({ approvalId, taskId, voidReason, decisions, ...rest }) => ({
              approvalId,
              taskId,
              title: rest.plan.title,
              reason: voidReason ?? '',
              decisions,
            }))
        : [],
    };
  });
}

/** An approval was asked for under the plan before; the same content may come back later, so times count as well. */
function wasInForce(before: Plan, next: Plan, approval: Approval): boolean {
  return (
    approval.planHash === before.planHash &&
    approval.createdAt >= before.createdAt &&
    approval.createdAt < next.createdAt
  );
}
