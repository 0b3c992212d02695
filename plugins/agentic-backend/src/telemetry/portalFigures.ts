import type { Knex } from 'knex';
import { OPEN_PHASES } from '../database/openPhases';
import type { Replicas } from '../environments/Replicas';
import { engagedSwitches } from '../killSwitch/KillSwitchStore';
import type { Budget, LimitsConfig } from '../limits/limitsConfig';
import { periodsOf } from '../limits/usageTotals';
import type { WorkflowEngine } from '../runtime/WorkflowEngine';
import type { Reading } from './Metrics';
import type { GaugeKey, MetricTable } from './metricTable';

const MICROS = 1_000_000;
const UNDER_WAY = ['preparing', 'awaiting_approval', 'running'];

/** A gauge that is read from the database and says the same in every process. */
export type PortalGauge = {
  [K in GaugeKey]: MetricTable[K]['of'] extends 'portal' ? K : never;
}[GaugeKey];

/** What the figures are read from. */
export interface FigureSources {
  readonly knex: Knex;
  readonly engine: Pick<WorkflowEngine, 'listRunning'>;
  readonly replicas: Pick<Replicas, 'count'>;
  readonly budgets: LimitsConfig['budgets'];
}

type Reader<K extends PortalGauge> = (
  sources: FigureSources,
) => Promise<readonly Reading<K>[]>;

/** How each gauge is read. Each query reads few rows by an index, however many workflows are kept. */
export const PORTAL_FIGURES: { readonly [K in PortalGauge]: Reader<K> } = {
  workflows: async ({ knex }) => {
    const open = knex('workflows').whereIn('phase', [...OPEN_PHASES]);
    const counts = await countsBy('phase', open);
    return counts.map(([phase, n]) => [n, { phase }]);
  },
  tasks: async ({ knex }) => {
    const underWay = knex('tasks').whereIn('status', UNDER_WAY);
    const counts = await countsBy('status', underWay);
    return counts.map(([status, n]) => [n, { status }]);
  },
  tasksHeld: async ({ knex }) => {
    const held = knex('tasks')
      .whereIn('status', UNDER_WAY)
      .whereNotNull('held_by');
    const counts = await countsBy('held_by', held);
    return counts.map(([gate, n]) => [n, { gate }]);
  },
  approvalsOpen: async ({ knex }) => {
    const row = await knex('approvals')
      .where('status', 'open')
      .count({ n: '*' })
      .first();
    return [[Number(row?.n ?? 0), {}]];
  },
  oldestApproval: async ({ knex }) => {
    const row = await knex('approvals')
      .where('status', 'open')
      .min({ at: 'created_at' })
      .first();
    return [[secondsSince(row?.at), {}]];
  },
  outboxEntries: async ({ knex }) => {
    const left = knex('outbox').whereIn('status', ['pending', 'dead']);
    const counts = new Map(await countsBy('status', left));
    return ['pending', 'dead'].map(status => [
      counts.get(status) ?? 0,
      { status },
    ]);
  },
  outboxLag: async ({ knex }) => {
    const row = await knex('outbox')
      .where('status', 'pending')
      .min({ at: 'created_at' })
      .first();
    return [[secondsSince(row?.at), {}]];
  },
  engineRuns: async ({ engine }) => [[(await engine.listRunning()).length, {}]],
  usage: async ({ knex }) => {
    const row = await knex('usage_totals')
      .where({ scope: 'team', period: periodsOf(new Date()).month })
      .sum({ steps: 'steps', tokens: 'tokens', money: 'money_micros' })
      .first();
    return [
      [Number(row?.steps ?? 0), { measure: 'steps' }],
      [Number(row?.tokens ?? 0), { measure: 'tokens' }],
      [Number(row?.money ?? 0) / MICROS, { measure: 'money' }],
    ];
  },
  budgetShare: async ({ knex, budgets }) => {
    const { day, month } = periodsOf(new Date());
    return [
      ...(await shares(knex, 'day', day, budgets.teamDay)),
      ...(await shares(knex, 'month', month, budgets.teamMonth)),
    ];
  },
  sweeperAge: async ({ knex }) => {
    const row = await knex('sweeps').max({ at: 'finished_at' }).first();
    return row?.at ? [[secondsSince(row.at), {}]] : [];
  },
  sweeperItems: async ({ knex }) => {
    const latest = await knex('sweeps')
      .orderBy('started_at', 'desc')
      .first('id');
    if (!latest) return [];
    const items = knex('sweep_items').where('sweep_id', latest.id);
    const counts = await countsBy('outcome', items);
    return counts.map(([outcome, n]) => [n, { outcome }]);
  },
  stops: async ({ knex }) => [[(await engagedSwitches(knex)).length, {}]],
  replicas: async ({ replicas }) => [[await replicas.count(), {}]],
};

/** How many rows there are of each value of a column. */
async function countsBy(
  column: string,
  query: Knex.QueryBuilder,
): Promise<Array<[value: string, count: number]>> {
  const rows: Array<{ value: unknown; n: number | string }> = await query
    .groupBy(column)
    .select({ value: column })
    .count({ n: '*' });
  return rows.map(({ value, n }) => [String(value), Number(n)]);
}

/** How much of a budget the team that used most of it has used, for each measure that is limited. */
async function shares(
  knex: Knex,
  period: string,
  key: string,
  budget: Budget,
): Promise<Reading<'budgetShare'>[]> {
  const row = await knex('usage_totals')
    .where({ scope: 'team', period: key })
    .max({ steps: 'steps', tokens: 'tokens', money: 'money_micros' })
    .first();
  const used = {
    steps: Number(row?.steps ?? 0),
    tokens: Number(row?.tokens ?? 0),
    money: Number(row?.money ?? 0) / MICROS,
  };
  return (['steps', 'tokens', 'money'] as const).flatMap(measure => {
    const allowed = budget[measure];
    return allowed
      ? [[used[measure] / allowed, { period, measure }] as const]
      : [];
  });
}

function secondsSince(at: unknown): number {
  return typeof at === 'string'
    ? Math.max(0, (Date.now() - Date.parse(at)) / 1000)
    : 0;
}
