import type {
  Approval,
  ApprovalDecision,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import {
  appendAllToRecord,
  appendToRecord,
} from '../changeRecord/ChangeRecord';
import { buildEvent, enqueueEvents } from './Outbox';
import { fromJson, isoNow, orUndefined } from './rows';
import type { ApprovalDecisionRow, ApprovalRow } from './tables';

/** More approvals than one workflow gathers; lists for people come in pages. */
const MAX_FOUND = 2000;

const CLOSING_KINDS = {
  approved: 'approval.granted',
  rejected: 'approval.rejected',
  expired: 'approval.expired',
  void: 'approval.voided',
} as const;

/** An approval request as it is when it is asked for. */
export type ApprovalBody = Omit<
  Approval,
  'status' | 'decisions' | 'voidReason' | 'remindedAt' | 'escalatedAt'
>;

/** What a list of approvals is narrowed by. */
export interface ApprovalFilter {
  readonly id?: string;
  readonly workflowId?: string;
  readonly taskId?: string;
  readonly status?: string;
  /** Narrows to the workflows a reader may see. */
  readonly visible?: (query: Knex.QueryBuilder) => void;
}

/** An approval from its row and its own decisions, in their order. */
export function toApproval(
  row: ApprovalRow,
  decisions: readonly ApprovalDecisionRow[],
): Approval {
  return {
    ...fromJson<ApprovalBody>(row.body),
    planHash: row.plan_hash,
    scopeHash: row.scope_hash,
    expiresAt: row.expires_at,
    status: row.status,
    voidReason: orUndefined(row.void_reason),
    remindedAt: orUndefined(row.reminded_at),
    escalatedAt: orUndefined(row.escalated_at),
    decisions: decisions.map(decision => ({
      decidedBy: decision.decided_by,
      role: decision.role,
      decision: decision.decision,
      reason: decision.reason,
      decidedAt: decision.decided_at,
    })),
  };
}

/** Stores a new, open approval request. */
export async function insertApproval(
  trx: Knex.Transaction,
  approval: ApprovalBody,
): Promise<void> {
  await trx<ApprovalRow>('approvals').insert({
    id: approval.approvalId,
    workflow_id: approval.workflowId,
    task_id: approval.taskId,
    plan_hash: approval.planHash,
    scope_hash: approval.scopeHash,
    status: 'open',
    body: JSON.stringify(approval),
    created_at: approval.createdAt,
    expires_at: approval.expiresAt,
  });
  await appendToRecord(trx, {
    chain: approval.workflowId,
    kind: 'approval.requested',
    actor: 'system',
    subject: `approval:${approval.approvalId}`,
    payload: approval,
  });
}

function narrowed(
  knex: Knex,
  filter: ApprovalFilter,
): Knex.QueryBuilder<ApprovalRow, ApprovalRow[]> {
  const query = knex<ApprovalRow, ApprovalRow[]>('approvals');
  if (filter.id) query.where('id', filter.id);
  if (filter.workflowId) query.where('workflow_id', filter.workflowId);
  if (filter.taskId) query.where('task_id', filter.taskId);
  if (filter.status) {
    query.where('status', filter.status as ApprovalRow['status']);
  }
  if (filter.visible) {
    query.whereIn(
      'workflow_id',
      knex('workflows').select('id').where(filter.visible),
    );
  }
  return query;
}

/** The approvals of these rows, with the decisions about them. */
export async function withDecisions(
  knex: Knex,
  rows: readonly ApprovalRow[],
): Promise<Approval[]> {
  const decisions = await knex<ApprovalDecisionRow>('approval_decisions')
    .whereIn(
      'approval_id',
      rows.map(row => row.id),
    )
    .orderBy('id');
  const own = new Map<string, ApprovalDecisionRow[]>();
  for (const decision of decisions) {
    const known = own.get(decision.approval_id);
    if (known) known.push(decision);
    else own.set(decision.approval_id, [decision]);
  }
  return rows.map(row => toApproval(row, own.get(row.id) ?? []));
}

const NEWEST_FIRST = [
  { column: 'created_at', order: 'desc' },
  { column: 'id', order: 'desc' },
];

/** Approvals that fit, newest first, with their decisions. */
export async function findApprovals(
  knex: Knex,
  filter: ApprovalFilter,
): Promise<Approval[]> {
  const rows = await narrowed(knex, filter)
    .orderBy(NEWEST_FIRST)
    .limit(MAX_FOUND);
  return withDecisions(knex, rows);
}

/** One page of approvals, newest first, and how many there are in all. */
export async function pageOfApprovals(
  knex: Knex,
  options: {
    filter: ApprovalFilter;
    limit: number;
    after?: { readonly createdAt: string; readonly id: string };
  },
): Promise<{ items: Approval[]; total: number }> {
  const { filter, limit, after } = options;
  const page = narrowed(knex, filter).orderBy(NEWEST_FIRST).limit(limit);
  if (after) {
    page.andWhere(older =>
      older
        .where('created_at', '<', after.createdAt)
        .orWhere(same =>
          same
            .where('created_at', after.createdAt)
            .andWhere('id', '<', after.id),
        ),
    );
  }
  const [rows, counted] = await Promise.all([
    page,
    narrowed(knex, filter).count<{ total: number | string }[]>({ total: '*' }),
  ]);
  return {
    items: await withDecisions(knex, rows),
    total: Number(counted[0].total),
  };
}

/** Adds one person's decision. */
export async function insertDecision(
  trx: Knex.Transaction,
  approvalId: string,
  decision: ApprovalDecision,
): Promise<void> {
  await trx('approval_decisions').insert({
    approval_id: approvalId,
    decided_by: decision.decidedBy,
    role: decision.role,
    decision: decision.decision,
    reason: decision.reason,
    decided_at: decision.decidedAt,
  });
  const row = await trx<ApprovalRow>('approvals')
    .where('id', approvalId)
    .first('workflow_id', 'plan_hash', 'scope_hash');
  await appendToRecord(trx, {
    chain: row!.workflow_id,
    kind: 'approval.signed',
    actor: decision.decidedBy,
    subject: `approval:${approvalId}`,
    payload: {
      ...decision,
      planHash: row!.plan_hash,
      scopeHash: row!.scope_hash,
    },
  });
}

/** Closes an approval that is open. Answers false when it was not open any more. */
export async function closeApproval(
  trx: Knex.Transaction,
  approvalId: string,
  status: Exclude<ApprovalRow['status'], 'open'>,
): Promise<boolean> {
  const changed = await trx<ApprovalRow>('approvals')
    .where({ id: approvalId, status: 'open' })
    .update({ status, decided_at: isoNow() });
  if (changed === 0) {
    return false;
  }
  const row = await trx<ApprovalRow>('approvals')
    .where('id', approvalId)
    .first('workflow_id', 'task_id');
  await appendToRecord(trx, {
    chain: row!.workflow_id,
    kind: CLOSING_KINDS[status],
    actor: 'system',
    subject: `approval:${approvalId}`,
    payload: { status, taskId: row!.task_id },
  });
  return true;
}

/**
 * Makes the open and granted approvals of a workflow void, or those of one of its tasks, with the
 * reason that everybody who looks at them later is told.
 */
export async function voidApprovals(
  trx: Knex.Transaction,
  workflowId: string,
  options: { reason: string; taskId?: string; actor?: string },
): Promise<void> {
  const { reason, taskId, actor = 'system' } = options;
  const query = trx<ApprovalRow>('approvals')
    .where('workflow_id', workflowId)
    .whereIn('status', ['open', 'approved']);
  if (taskId) query.where('task_id', taskId);
  const rows = await query;
  if (rows.length === 0) {
    return;
  }
  await trx<ApprovalRow>('approvals')
    .whereIn(
      'id',
      rows.map(row => row.id),
    )
    .update({ status: 'void', decided_at: isoNow(), void_reason: reason });
  await enqueueEvents(
    trx,
    rows.map(row =>
      buildEvent({
        agent: 'planner',
        type: 'approval.decided',
        correlationId: workflowId,
        detail: {
          approval_id: row.id,
          workflow_id: workflowId,
          decision: 'void',
        },
      }),
    ),
  );
  await appendAllToRecord(
    trx,
    rows.map(row => ({
      chain: workflowId,
      kind: 'approval.voided',
      actor,
      subject: `approval:${row.id}`,
      payload: { before: row.status, taskId: row.task_id, reason },
    })),
  );
}
