import { TERMINAL_PHASES } from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import type { DEFAULT_RETENTION } from './retentionConfig';

/** Rows of one kind that go after a number of days. */
export interface AgedRows {
  /** The id of their sweep task. */
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  readonly setting: keyof typeof DEFAULT_RETENTION;
  readonly table: string;
  /** Narrows the table's rows to those from before the time, an ISO 8601 text. */
  readonly narrow: (
    rows: Knex.QueryBuilder,
    before: string,
    knex: Knex,
  ) => Knex.QueryBuilder;
}

const MAY_RUN = ['deploying', 'running', 'unknown'];

function ended(knex: Knex): Knex.QueryBuilder {
  return knex('workflows')
    .whereIn('phase', [...TERMINAL_PHASES])
    .select('id');
}

/** Everything that goes by age alone. */
export const AGED_ROWS: readonly AgedRows[] = [
  {
    id: 'host.outbox',
    title: 'Delivered events',
    reason: 'They were delivered',
    setting: 'outboxDays',
    table: 'outbox',
    narrow: (rows, before) =>
      rows.where('status', 'delivered').where('delivered_at', '<', before),
  },
  {
    id: 'host.dead-letters',
    title: 'Events that could not be delivered',
    reason: 'They were put aside',
    setting: 'deadLetterDays',
    table: 'outbox',
    narrow: (rows, before) =>
      rows.where('status', 'dead').where('created_at', '<', before),
  },
  {
    id: 'host.figures',
    title: 'Figures of agents',
    reason: 'They were taken',
    setting: 'figureDays',
    table: 'agent_invocations',
    narrow: (rows, before) => rows.where('at', '<', before),
  },
  {
    id: 'host.events',
    title: 'Lines of histories of ended workflows',
    reason: 'They were written',
    setting: 'eventDays',
    table: 'workflow_events',
    narrow: (rows, before, knex) =>
      rows.where('time', '<', before).whereIn('workflow_id', ended(knex)),
  },
  {
    id: 'host.deployments',
    title: 'Deployments that do not run',
    reason: 'They were started',
    setting: 'deploymentDays',
    table: 'deployments',
    narrow: (rows, before, knex) =>
      rows
        .whereNotIn('status', MAY_RUN)
        .where('started_at', '<', before)
        .whereIn('workflow_id', ended(knex)),
  },
  {
    id: 'host.usage',
    title: 'Single uses of ended workflows',
    reason: 'They are in the totals, and were counted',
    setting: 'usageDays',
    table: 'usage_entries',
    narrow: (rows, before, knex) =>
      rows.where('at', '<', before).whereIn('workflow_id', ended(knex)),
  },
  {
    id: 'host.usage-totals',
    title: 'Totals of days and months',
    reason: 'They count days and months',
    setting: 'usageTotalDays',
    table: 'usage_totals',
    // Periods are the beginnings of dates; the totals of runs have none and go with their workflow.
    narrow: (rows, before) =>
      rows.where('scope', 'team').where('period', '<', before.slice(0, 7)),
  },
  {
    id: 'host.alerts',
    title: 'Alerts of budgets',
    reason: 'They were sent',
    setting: 'usageTotalDays',
    table: 'limit_alerts',
    narrow: (rows, before) => rows.where('at', '<', before),
  },
  {
    id: 'host.traces',
    title: 'Traces of effects',
    reason: 'They were noted',
    setting: 'traceDays',
    table: 'effect_traces',
    narrow: (rows, before) => rows.where('at', '<', before),
  },
  {
    id: 'host.secret-access',
    title: 'Uses of secrets',
    reason: 'They happened',
    setting: 'secretAccessDays',
    table: 'secret_access',
    narrow: (rows, before) => rows.where('at', '<', before),
  },
];
