import type { Usage } from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { insertRows } from '../database/ask';

/** Who pays for a workflow. */
export interface WorkflowAccount {
  readonly requestedBy: string;
  readonly team: string;
}

/** What the budgets that concern a workflow were used by so far. */
export interface UsageTotals {
  readonly run: Usage;
  readonly teamDay: Usage;
  readonly teamMonth: Usage;
}

interface TotalRow {
  scope: 'run' | 'team';
  subject: string;
  period: string;
  /** PostgreSQL answers bigint as text. */
  steps: number | string;
  tokens: number | string;
  money_micros: number | string;
}

/** Money is kept in millionths of the currency. */
export const MICROS = 1_000_000;

const NOTHING: Usage = { steps: 0, tokens: 0, money: 0 };

/** The day and the month of a time, as totals are kept by, in UTC. */
export function periodsOf(now: Date): { day: string; month: string } {
  const text = now.toISOString();
  return { day: text.slice(0, 10), month: text.slice(0, 7) };
}

/** Adds to all totals that concern a workflow in one statement, and answers them as they are then. */
export async function addToTotals(
  trx: Knex.Transaction,
  of: { workflowId: string; account: WorkflowAccount | undefined; now: Date },
  used: Usage,
): Promise<UsageTotals> {
  const rows = await insertRows<FoundRow>(
    trx,
    'usage_totals',
    keysOf(of).map(key => ({
      ...key,
      steps: used.steps,
      tokens: used.tokens,
      money_micros: Math.round(used.money * MICROS),
    })),
    `on conflict (scope, subject, period) do update set
       steps = usage_totals.steps + excluded.steps,
       tokens = usage_totals.tokens + excluded.tokens,
       money_micros = usage_totals.money_micros + excluded.money_micros
     returning scope, period, steps, tokens, money_micros`,
  );
  return toTotals(rows, of.now);
}

/** The totals that concern a workflow. */
export async function readTotals(
  knex: Knex,
  of: { workflowId: string; account: WorkflowAccount | undefined; now: Date },
): Promise<UsageTotals> {
  const { workflowId, account, now } = of;
  const { day, month } = periodsOf(now);
  const rows = await knex<TotalRow>('usage_totals')
    .where({ scope: 'run', subject: workflowId, period: '' })
    .orWhere(query =>
      query
        .where({ scope: 'team', subject: account?.team ?? '' })
        .whereIn('period', [day, month]),
    );
  return toTotals(rows, now);
}

/** What a team has used today and this month. */
export async function readTotalsOfTeam(
  knex: Knex,
  team: string,
  now: Date,
): Promise<Omit<UsageTotals, 'run'>> {
  const { day, month } = periodsOf(now);
  const rows = await knex<TotalRow>('usage_totals')
    .where({ scope: 'team', subject: team })
    .whereIn('period', [day, month]);
  const { teamDay, teamMonth } = toTotals(rows, now);
  return { teamDay, teamMonth };
}

/** The totals without what was added last. */
export function totalsBefore(after: UsageTotals, used: Usage): UsageTotals {
  const minus = (total: Usage): Usage => ({
    steps: total.steps - used.steps,
    tokens: total.tokens - used.tokens,
    money:
      (Math.round(total.money * MICROS) - Math.round(used.money * MICROS)) /
      MICROS,
  });
  return {
    run: minus(after.run),
    teamDay: minus(after.teamDay),
    teamMonth: minus(after.teamMonth),
  };
}

/** Always in this order, so that two transactions never wait for each other. */
function keysOf({
  workflowId,
  account,
  now,
}: {
  workflowId: string;
  account: WorkflowAccount | undefined;
  now: Date;
}): Array<Pick<TotalRow, 'scope' | 'subject' | 'period'>> {
  const { day, month } = periodsOf(now);
  const team = account && ({ scope: 'team', subject: account.team } as const);
  return [
    { scope: 'run', subject: workflowId, period: '' },
    ...(team
      ? [
          { ...team, period: day },
          { ...team, period: month },
        ]
      : []),
  ];
}

type FoundRow = Omit<TotalRow, 'subject'>;

function toTotals(rows: readonly FoundRow[], now: Date): UsageTotals {
  const { day, month } = periodsOf(now);
  const of = (scope: FoundRow['scope'], period: string): Usage => {
    const row = rows.find(
      each => each.scope === scope && each.period === period,
    );
    return row
      ? {
          steps: Number(row.steps),
          tokens: Number(row.tokens),
          money: Number(row.money_micros) / MICROS,
        }
      : NOTHING;
  };
  return {
    run: of('run', ''),
    teamDay: of('team', day),
    teamMonth: of('team', month),
  };
}
