import type { Knex } from 'knex';
import { encodeCursor } from '../src/router/keysetCursor';

/** One kind of request that the pages make. */
export interface ApiCall {
  readonly name: string;
  /** The path of the n-th of them. */
  readonly path: (n: number) => string;
  /** By default somebody who may see everything. */
  readonly as?: 'team' | 'search';
}

/** What the calls are about, looked up once. */
export interface Subjects {
  readonly ids: readonly string[];
  readonly approvals: readonly string[];
  readonly services: readonly string[];
  /** A cursor nine tenths down the list of workflows, and one of approvals. */
  readonly deepWorkflow: string;
  readonly deepApproval: string;
  readonly deepEntry: number;
}

const every = (values: readonly string[], n: number): string =>
  values[(n * 7919) % values.length];

/** Looks up what the calls are about: stored workflows from the whole time, newest to oldest. */
export async function findSubjects(
  knex: Knex,
  count: number,
): Promise<Subjects> {
  const at = (table: string) =>
    knex(table)
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .offset(Math.floor(count * 0.6))
      .first();
  const [workflow, approval, rows, approvals, last] = await Promise.all([
    at('workflows'),
    at('approvals'),
    knex('workflows').where('id', 'like', 'stored-%7').limit(500),
    knex('approvals').where('workflow_id', 'like', 'stored-%3').limit(500),
    knex('record_entries').max({ id: 'id' }).first(),
  ]);
  return {
    ids: rows.map(({ id }) => id),
    services: rows.map(({ service_name: name }) => name),
    approvals: approvals.map(({ id }) => id),
    deepWorkflow: encodeCursor({
      createdAt: workflow.created_at,
      id: workflow.id,
    }),
    deepApproval: encodeCursor({
      createdAt: approval.created_at,
      id: approval.id,
    }),
    deepEntry: Math.floor(Number(last?.id ?? 0) * 0.1),
  };
}

/** The requests of the pages, with their filters and deep pages. */
export function apiCalls(subjects: Subjects): ApiCall[] {
  const { ids, services, approvals, deepWorkflow, deepApproval } = subjects;
  const statuses = [
    'in_progress',
    'completed',
    'failed',
    'cancelled',
    'rolled_back',
  ];
  const environments = ['development', 'staging', 'production'];
  const day = (back: number) =>
    new Date(Date.now() - back * 24 * 3_600_000).toISOString();
  const call = (
    name: string,
    path: (n: number) => string,
    as?: ApiCall['as'],
  ): ApiCall => ({ name, path, as });
  return [
    call('workflows', () => '/workflows'),
    call('workflows, 100 of them', () => '/workflows?limit=100'),
    call('workflows, deep page', () => `/workflows?cursor=${deepWorkflow}`),
    call('workflows by status', n => `/workflows?status=${every(statuses, n)}`),
    call('workflows by phase', () => '/workflows?phase=awaiting_approval'),
    call(
      'workflows by status, deep page',
      n => `/workflows?status=${every(statuses, n)}&cursor=${deepWorkflow}`,
    ),
    call(
      'workflows by owner',
      n => `/workflows?owner=group:default/team-${2 + (n % 38)}`,
    ),
    call(
      'workflows by several owners',
      n =>
        `/workflows?owner=group:default/team-${
          2 + (n % 30)
        }&owner=group:default/team-${3 + (n % 30)}&owner=group:default/nobody`,
    ),
    call(
      'workflows by requester',
      n => `/workflows?requestedBy=user:default/person-${n % 400}`,
    ),
    call(
      'workflows by environment',
      n => `/workflows?environment=${every(environments, n)}`,
    ),
    call('workflows by template', () => '/workflows?template=sample'),
    call(
      'workflows by part of a name',
      n => `/workflows?service=${every(['cart', 'ledger-w', 'invoice'], n)}`,
    ),
    call(
      'workflows by a rare name',
      n => `/workflows?service=${every(services, n)}`,
    ),
    call(
      'workflows by a name nobody has',
      () => '/workflows?service=there-is-none',
    ),
    call(
      'workflows by everything',
      n =>
        `/workflows?status=completed&environment=staging&owner=group:default/team-${
          2 + (n % 38)
        }&service=cart`,
    ),
    call('workflows of a team', () => '/workflows', 'team'),
    call(
      'workflows of a team by name',
      () => '/workflows?service=cart',
      'team',
    ),
    call('a workflow', n => `/workflows/${every(ids, n)}`),
    call('a workflow of a team', n => `/workflows/${every(ids, n)}`, 'team'),
    call('its events', n => `/workflows/${every(ids, n)}/events`),
    call(
      'its events since',
      n => `/workflows/${every(ids, n)}/events?after=10`,
    ),
    call('its plans', n => `/workflows/${every(ids, n)}/plans`),
    call('inbox', () => '/approvals/inbox?status=open'),
    call(
      'inbox by environment',
      n => `/approvals/inbox?status=open&environment=${every(environments, n)}`,
    ),
    call('inbox by agent', () => '/approvals/inbox?status=open&agent=maker'),
    call('inbox of what was decided', () => '/approvals/inbox?status=approved'),
    call('inbox of a team', () => '/approvals/inbox?status=open', 'team'),
    call('approvals', () => '/approvals'),
    call('approvals, deep page', () => `/approvals?cursor=${deepApproval}`),
    call('approvals by status', () => '/approvals?status=approved'),
    call('approvals of a team', () => '/approvals', 'team'),
    call('an approval', n => `/approvals/${every(approvals, n)}`),
    call('approval statistics', () => '/approvals/statistics'),
    call(
      'approval statistics of a year',
      () => '/approvals/statistics?days=366',
    ),
    call(
      'approval statistics of a team',
      () => '/approvals/statistics',
      'team',
    ),
    call('audit', () => '/audit'),
    call('audit, deep page', () => `/audit?cursor=${subjects.deepEntry}`),
    call('audit by workflow', n => `/audit?workflow=${every(ids, n)}`),
    call(
      'audit by kind',
      n =>
        `/audit?kind=${every(
          ['approval.signed', 'effect.confirmed', 'request.received'],
          n,
        )}`,
    ),
    call(
      'audit by a group of kinds',
      n => `/audit?kind=${every(['approval', 'effect', 'agents'], n)}`,
    ),
    call('audit by actor', n => `/audit?actor=user:default/person-${n % 400}`),
    call('audit by service', n => `/audit?service=${every(services, n)}`),
    call(
      'audit by environment',
      n => `/audit?environment=${every(environments, n)}`,
    ),
    call(
      'audit by time',
      n => `/audit?from=${day(200 + n)}&to=${day(190 + n)}`,
    ),
    call('audit since', n => `/audit?from=${day(1 + n)}`),
    call('audit by words', () => '/audit?text=approval'),
    call('audit by rare words', n => `/audit?text=${every(services, n)}`),
    call('audit by words nobody wrote', () => '/audit?text=there-is-none'),
    call(
      'audit by kind and time',
      n => `/audit?kind=approval.signed&from=${day(100 + n)}&to=${day(90 + n)}`,
    ),
    call('audit of a team', () => '/audit', 'team'),
    call('deployments', () => '/deployments'),
    call(
      'deployments of a service',
      n => `/deployments?service=${every(services, n)}`,
    ),
    call(
      'deployments by environment',
      n => `/deployments?environment=${every(environments, n)}`,
    ),
    call('deployments of a team', () => '/deployments', 'team'),
    call('incidents', () => '/incidents'),
    call('incidents, unresolved', () => '/incidents?status=unresolved'),
    call('health', () => '/health'),
    call('health in detail', () => '/health/details'),
    call('agents', () => '/agents'),
    call('limits', () => '/limits'),
    call('metrics', () => '/metrics'),
    call('kill switch', () => '/kill-switch'),
    call('what search reads', () => '/searchable-workflows', 'search'),
    call(
      'what search reads, deep page',
      () => `/searchable-workflows?cursor=${deepWorkflow}`,
      'search',
    ),
  ];
}
