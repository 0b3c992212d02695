import type {
  ApprovalDecision,
  ApprovalRole,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';

/** More decisions than a window of a year holds; beyond that the newest are counted. */
const MAX_DECISIONS = 20_000;

/** One decision of a person, with when it was asked for and first looked at. */
export interface DecidedApproval {
  readonly approver: string;
  readonly role: ApprovalRole;
  readonly decision: ApprovalDecision['decision'];
  readonly askedAt: string;
  readonly decidedAt: string;
  readonly seenAt?: string;
  readonly detailsSeenAt?: string;
}

interface DecidedRow {
  decided_by: string;
  role: ApprovalRole;
  decision: ApprovalDecision['decision'];
  created_at: string;
  decided_at: string;
  seen_at: string | null;
  details_seen_at: string | null;
}

/** What people decided in a window of time, in the workflows a reader may see. The critic is no person. */
export async function findDecided(
  knex: Knex,
  options: {
    from: string;
    to: string;
    visible?: (query: Knex.QueryBuilder) => void;
  },
): Promise<DecidedApproval[]> {
  const query = knex('approval_decisions')
    .join('approvals', 'approvals.id', 'approval_decisions.approval_id')
    .leftJoin('approval_views', join =>
      join
        .on('approval_views.approval_id', 'approval_decisions.approval_id')
        .andOn('approval_views.user_ref', 'approval_decisions.decided_by'),
    )
    .where('approval_decisions.decided_at', '>=', options.from)
    .andWhere('approval_decisions.decided_at', '<=', options.to)
    .andWhere('approval_decisions.decided_by', 'like', 'user:%')
    .select<DecidedRow[]>(
      'approval_decisions.decided_by',
      'approval_decisions.role',
      'approval_decisions.decision',
      'approvals.created_at',
      'approval_decisions.decided_at',
      'approval_views.seen_at',
      'approval_views.details_seen_at',
    )
    .orderBy('approval_decisions.decided_at', 'desc')
    .limit(MAX_DECISIONS);
  if (options.visible) {
    query.whereIn(
      'approvals.workflow_id',
      knex('workflows').select('id').where(options.visible),
    );
  }
  return (await query).map(row => ({
    approver: row.decided_by,
    role: row.role,
    decision: row.decision,
    askedAt: row.created_at,
    decidedAt: row.decided_at,
    seenAt: row.seen_at ?? undefined,
    detailsSeenAt: row.details_seen_at ?? undefined,
  }));
}
