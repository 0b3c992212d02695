import type { Approval } from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { toApproval } from './ApprovalStore';
import { ask } from './ask';
import type { ApprovalDecisionRow, ApprovalRow, WorkflowRow } from './tables';

/** The columns of a workflow that the guard judges by. */
export type WorkflowFacts = Pick<
  WorkflowRow,
  'plan_hash' | 'requested_by' | 'requester_refs' | 'owner'
>;

/** A workflow's columns, an approval's, and those of one of its decisions, none of which need be there. */
type FoundRow = {
  readonly [K in keyof WorkflowFacts as `workflow_${K}`]: WorkflowFacts[K];
} & {
  readonly [K in keyof ApprovalRow]: ApprovalRow[K] | null;
} & {
  readonly [K in keyof ApprovalDecisionRow as `decision_${K}`]:
    | ApprovalDecisionRow[K]
    | null;
};

const FACTS = ['plan_hash', 'requested_by', 'requester_refs', 'owner'] as const;
const DECISION = [
  'id',
  'approval_id',
  'decided_by',
  'role',
  'decision',
  'reason',
  'decided_at',
] as const;

const named = (table: string, prefix: string, columns: readonly string[]) =>
  columns.map(column => `${table}.${column} as ${prefix}_${column}`).join(', ');

const SQL = `
  select approvals.*,
    ${named('workflows', 'workflow', FACTS)},
    ${named('approval_decisions', 'decision', DECISION)}
  from workflows
    left join approvals on approvals.id = ?
    left join approval_decisions
      on approval_decisions.approval_id = approvals.id
  where workflows.id = ?
  order by approval_decisions.id`;

/**
 * A workflow and one approval with its decisions, all as they stand at one moment: the guard asks
 * right before each effect. Answers undefined when the workflow is gone.
 */
export async function readWorkflowWithApproval(
  knex: Knex,
  workflowId: string,
  approvalId: string | undefined,
): Promise<{ workflow: WorkflowFacts; approval?: Approval } | undefined> {
  const rows = await ask<FoundRow>(knex, SQL, [approvalId ?? '', workflowId]);
  const [first] = rows;
  if (!first) return undefined;
  return {
    workflow: {
      plan_hash: first.workflow_plan_hash,
      requested_by: first.workflow_requested_by,
      requester_refs: first.workflow_requester_refs,
      owner: first.workflow_owner,
    },
    approval: hasApproval(first)
      ? toApproval(first, rows.filter(hasDecision).map(toDecisionRow))
      : undefined,
  };
}

function hasApproval<T extends FoundRow>(row: T): row is T & ApprovalRow {
  return row.id !== null;
}

type DecidedRow = {
  readonly [K in keyof ApprovalDecisionRow as `decision_${K}`]: ApprovalDecisionRow[K];
};

function hasDecision(row: FoundRow): row is FoundRow & DecidedRow {
  return row.decision_id !== null;
}

function toDecisionRow(row: DecidedRow): ApprovalDecisionRow {
  return {
    id: row.decision_id,
    approval_id: row.decision_approval_id,
    decided_by: row.decision_decided_by,
    role: row.decision_role,
    decision: row.decision_decision,
    reason: row.decision_reason,
    decided_at: row.decision_decided_at,
  };
}
