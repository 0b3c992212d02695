import type {
  Approval,
  ApprovalInbox,
  ApprovalInboxQuery,
  FilterCount,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { withDecisions, type ApprovalFilter } from './ApprovalStore';
import type { ApprovalRow } from './tables';

/** More than anybody decides in a day; an inbox with more open ones says how many there are. */
const MAX_OPEN = 2000;

type Filter = Partial<Omit<ApprovalInboxQuery, 'limit'>>;
type Facet = keyof ApprovalInbox['counts'];

/** The columns that the inbox is narrowed by. */
const COLUMNS: Readonly<Record<Facet, string>> = {
  status: 'approvals.status',
  environment: 'workflows.environment',
  agent: 'tasks.agent',
  requestedBy: 'workflows.requested_by',
};
const FACETS = Object.keys(COLUMNS) as Facet[];
const TABLES = {
  status: undefined,
  environment: 'workflows',
  agent: 'tasks',
  requestedBy: 'workflows',
} as const;

/** An approval with the agent whose work it is; a task that a changed plan does not have any more has none. */
export interface AgentApproval {
  readonly approval: Approval;
  readonly agent?: string;
}

function narrowed(
  knex: Knex,
  filter: Filter,
  visible: ApprovalFilter['visible'],
  /** The table besides that something is read from. */
  shown?: 'workflows' | 'tasks',
): Knex.QueryBuilder {
  const query = knex('approvals');
  // Joined where it is needed only: most counts are of all approvals there ever were.
  if (shown === 'workflows' || filter.environment || filter.requestedBy) {
    query.join('workflows', 'workflows.id', 'approvals.workflow_id');
  }
  if (shown === 'tasks' || filter.agent) {
    query.leftJoin('tasks', on =>
      on
        .on('tasks.workflow_id', 'approvals.workflow_id')
        .andOn('tasks.task_id', 'approvals.task_id'),
    );
  }
  for (const facet of FACETS) {
    const wanted = filter[facet];
    if (wanted !== undefined) query.where(COLUMNS[facet], wanted);
  }
  if (visible) {
    query.whereIn(
      'approvals.workflow_id',
      knex('workflows').select('id').where(visible),
    );
  }
  return query;
}

/**
 * The approvals that fit. Open ones all come, those that expire soonest first, since the reader's own
 * are picked out of them; of the others the newest.
 */
export async function findForInbox(
  knex: Knex,
  query: ApprovalInboxQuery,
  visible: ApprovalFilter['visible'],
): Promise<AgentApproval[]> {
  const { limit, ...filter } = query;
  const isOpen = filter.status === 'open';
  const rows: Array<ApprovalRow & { agent: string | null }> = await narrowed(
    knex,
    filter,
    visible,
    'tasks',
  )
    .select('approvals.*', 'tasks.agent')
    .orderBy([
      isOpen
        ? { column: 'approvals.expires_at' }
        : { column: 'approvals.created_at', order: 'desc' },
      { column: 'approvals.id' },
    ])
    .limit(isOpen ? MAX_OPEN : limit);
  const approvals = await withDecisions(knex, rows);
  return approvals.map((approval, index) => ({
    approval,
    agent: rows[index].agent ?? undefined,
  }));
}

/** The workflows with open approvals among those that `visible` lets through. */
export async function workflowsForInbox(
  knex: Knex,
  { limit, ...filter }: ApprovalInboxQuery,
  visible: ApprovalFilter['visible'],
): Promise<Set<string>> {
  const ids: string[] = await narrowed(knex, filter, visible)
    .distinct('approvals.workflow_id')
    .pluck('approvals.workflow_id');
  return new Set(ids);
}

/** How many there are of each value, of what the filters besides its own let through. */
export async function countForInbox(
  knex: Knex,
  { limit, ...filter }: ApprovalInboxQuery,
  visible: ApprovalFilter['visible'],
): Promise<{ total: number; counts: ApprovalInbox['counts'] }> {
  const countsOf = async (facet: Facet): Promise<FilterCount[]> => {
    const others = { ...filter, [facet]: undefined };
    const rows: Array<{ value: string | null; count: number | string }> =
      await narrowed(knex, others, visible, TABLES[facet])
        .select({ value: COLUMNS[facet] })
        .count({ count: '*' })
        .groupBy(COLUMNS[facet])
        .orderBy(COLUMNS[facet]);
    return rows.flatMap(({ value, count }) =>
      value === null ? [] : [{ value, count: Number(count) }],
    );
  };
  const [status, environment, agent, requestedBy] = await Promise.all(
    (['status', 'environment', 'agent', 'requestedBy'] as const).map(countsOf),
  );
  return {
    total: status.find(({ value }) => value === filter.status)?.count ?? 0,
    counts: { status, environment, agent, requestedBy },
  };
}
