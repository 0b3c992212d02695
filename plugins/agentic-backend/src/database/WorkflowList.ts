import type { WorkflowPhase } from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import type { TaskRow, WorkflowRow } from './tables';

/** What a list of workflows is narrowed by. */
export interface WorkflowFilter {
  readonly phases?: readonly WorkflowPhase[];
  readonly requestedBy?: string;
  /** Entity refs; a workflow is listed when it is for one of these owners. */
  readonly owners?: readonly string[];
  readonly serviceName?: string;
  readonly environment?: string;
  readonly template?: string;
}

/** Where a page of the list begins: after this row, newest first. */
export interface WorkflowCursor {
  readonly createdAt: string;
  readonly id: string;
}

/** Reads pages of workflows, newest first. */
export class WorkflowList {
  constructor(private readonly knex: Knex) {}

  /** One page, narrowed by the filter and by what the reader may see, and how many there are in all. */
  async page(options: {
    filter: WorkflowFilter;
    visible?: (query: Knex.QueryBuilder) => void;
    limit: number;
    after?: WorkflowCursor;
  }): Promise<{ rows: WorkflowRow[]; total: number }> {
    const { filter, visible, limit, after } = options;
    const narrowed = (): Knex.QueryBuilder => {
      const query = narrow(this.knex('workflows'), filter);
      return visible ? query.andWhere(visible) : query;
    };
    // First which, from an index alone, then those few rows: a rare name is looked for in all of them.
    const ids = newestFirst(narrowed(), limit, after).select('id');
    const [rows, count] = await Promise.all([
      inOrder(this.knex('workflows').whereIn('id', ids)) as Promise<
        WorkflowRow[]
      >,
      narrowed().count({ total: '*' }).first() as Promise<{
        total: number | string;
      }>,
    ]);
    return { rows, total: Number(count.total) };
  }

  /** The same without a filter and without counting, for those who read them all. */
  async newest(options: {
    limit: number;
    after?: WorkflowCursor;
  }): Promise<WorkflowRow[]> {
    return newestFirst(
      this.knex('workflows'),
      options.limit,
      options.after,
    ).select('*') as Promise<WorkflowRow[]>;
  }

  /** Tasks done and in all, for many workflows at once. */
  async taskCounts(
    ids: readonly string[],
  ): Promise<Map<string, { total: number; completed: number }>> {
    const rows = await this.knex<TaskRow>('tasks')
      .whereIn('workflow_id', [...ids])
      .select('workflow_id', 'status');
    const counts = new Map<string, { total: number; completed: number }>();
    for (const row of rows) {
      const count = counts.get(row.workflow_id) ?? { total: 0, completed: 0 };
      count.total += 1;
      count.completed += row.status === 'completed' ? 1 : 0;
      counts.set(row.workflow_id, count);
    }
    return counts;
  }
}

function narrow(
  query: Knex.QueryBuilder,
  filter: WorkflowFilter,
): Knex.QueryBuilder {
  if (filter.phases) query.whereIn('phase', [...filter.phases]);
  if (filter.requestedBy) query.where('requested_by', filter.requestedBy);
  if (filter.owners) query.whereIn('owner', [...filter.owners]);
  if (filter.serviceName) {
    query.where('service_name', 'like', `%${filter.serviceName}%`);
  }
  if (filter.environment) query.where('environment', filter.environment);
  if (filter.template) query.where('template', filter.template);
  return query;
}

function inOrder(query: Knex.QueryBuilder): Knex.QueryBuilder {
  return query.orderBy([
    { column: 'created_at', order: 'desc' },
    { column: 'id', order: 'desc' },
  ]);
}

function newestFirst(
  query: Knex.QueryBuilder,
  limit: number,
  after: WorkflowCursor | undefined,
): Knex.QueryBuilder {
  inOrder(query).limit(limit);
  return after
    ? query.andWhere(older =>
        older
          .where('created_at', '<', after.createdAt)
          .orWhere(same =>
            same
              .where('created_at', after.createdAt)
              .andWhere('id', '<', after.id),
          ),
      )
    : query;
}
