import type { Usage } from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { enqueueNotifications } from '../database/Outbox';
import { isoNow } from '../database/rows';
import { ALERT_SHARES, budgetUses, describeUse } from './budgets';
import type { LimitsConfig } from './limitsConfig';
import { once } from './once';

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

/** One piece of work that used something. */
export interface UsageEntry extends Usage {
  /** The same piece of work, done again after a crash, must carry the same id: it is counted once. */
  readonly id: string;
  readonly workflowId: string;
  readonly taskId: string;
}

interface TotalRow {
  scope: string;
  subject: string;
  period: string;
  /** PostgreSQL answers bigint as text. */
  steps: number | string;
  tokens: number | string;
  money_micros: number | string;
}

const ACCOUNTS_KEPT = 5000;
const MICROS = 1_000_000;
const NOTHING: Usage = { steps: 0, tokens: 0, money: 0 };

function toUsage(row: TotalRow | undefined): Usage {
  return row
    ? {
        steps: Number(row.steps),
        tokens: Number(row.tokens),
        money: Number(row.money_micros) / MICROS,
      }
    : NOTHING;
}

/** The day and the month of a time, as totals are kept by, in UTC. */
export function periodsOf(now: Date): { day: string; month: string } {
  const text = now.toISOString();
  return { day: text.slice(0, 10), month: text.slice(0, 7) };
}

/** What was used, by run and by team. Everything is counted in one transaction, and each piece of work once. */
export class UsageLedger {
  readonly #knex: Knex;
  readonly #limits: LimitsConfig;
  readonly #accounts = new Map<string, WorkflowAccount>();

  constructor(options: { knex: Knex; limits: LimitsConfig }) {
    this.#knex = options.knex;
    this.#limits = options.limits;
  }

  /** Who pays for a workflow. */
  async accountOf(workflowId: string): Promise<WorkflowAccount | undefined> {
    const known = this.#accounts.get(workflowId);
    if (known) return known;
    const row = await this.#knex('workflow_accounts')
      .where('workflow_id', workflowId)
      .first();
    if (!row) return undefined;
    const account = { requestedBy: row.requested_by, team: row.team };
    // An account is put down once and never changes; the guard asks at each call.
    if (this.#accounts.size >= ACCOUNTS_KEPT) this.#accounts.clear();
    this.#accounts.set(workflowId, account);
    return account;
  }

  /** Counts a piece of work, tells people of budgets that come near their end, and answers the totals after it. */
  async add(entry: UsageEntry, now: Date = new Date()): Promise<UsageTotals> {
    const account = await this.accountOf(entry.workflowId);
    return this.#knex.transaction(async trx => {
      const inserted = await trx('usage_entries')
        .insert({
          id: entry.id,
          workflow_id: entry.workflowId,
          task_id: entry.taskId,
          steps: entry.steps,
          tokens: entry.tokens,
          money_micros: Math.round(entry.money * MICROS),
          at: isoNow(),
        })
        .onConflict('id')
        .ignore()
        .returning('id');
      if (inserted.length > 0) {
        for (const key of keysOf(entry.workflowId, account, now)) {
          await addTo(trx, key, entry);
        }
      }
      const totals = await readTotals(trx, entry.workflowId, account, now);
      if (inserted.length > 0 && account) {
        await this.#alert(trx, entry.workflowId, account, totals, now);
      }
      return totals;
    });
  }

  /** The totals that concern a workflow. */
  async totals(
    workflowId: string,
    now: Date = new Date(),
  ): Promise<UsageTotals> {
    const account = await this.accountOf(workflowId);
    return readTotals(this.#knex, workflowId, account, now);
  }

  /** What a team has used today and this month. */
  async totalsOfTeam(
    team: string,
    knex: Knex = this.#knex,
    now: Date = new Date(),
  ): Promise<Omit<UsageTotals, 'run'>> {
    const { day, month } = periodsOf(now);
    const rows = await knex<TotalRow>('usage_totals')
      .where({ scope: 'team', subject: team })
      .whereIn('period', [day, month]);
    return {
      teamDay: toUsage(rows.find(row => row.period === day)),
      teamMonth: toUsage(rows.find(row => row.period === month)),
    };
  }

  async #alert(
    trx: Knex.Transaction,
    workflowId: string,
    account: WorkflowAccount,
    totals: UsageTotals,
    now: Date,
  ): Promise<void> {
    const { budgets, alertRecipients } = this.#limits;
    const team = { scope: 'team', subject: account.team } as const;
    const uses = [
      ...budgetUses(
        { scope: 'run', subject: workflowId, period: 'run' },
        budgets.run,
        totals.run,
        now,
      ),
      ...budgetUses(
        { ...team, period: 'day' },
        budgets.teamDay,
        totals.teamDay,
        now,
      ),
      ...budgetUses(
        { ...team, period: 'month' },
        budgets.teamMonth,
        totals.teamMonth,
        now,
      ),
    ];
    const { day, month } = periodsOf(now);
    const dateOf = { day, month, run: '' } as Readonly<Record<string, string>>;
    for (const use of uses) {
      const share = (use.used ?? 0) / (use.allowed ?? Infinity);
      for (const threshold of ALERT_SHARES.filter(each => share >= each)) {
        const percent = threshold * 100;
        const id = `budget:${use.scope}:${use.subject}:${use.measure}:${
          use.period
        }${dateOf[use.period]}:${percent}`;
        if (await once(trx, id)) {
          await enqueueNotifications(trx, [
            {
              scope: `agentic:${id}`,
              recipients: [
                use.scope === 'run' ? account.requestedBy : account.team,
                ...alertRecipients,
              ],
              title: `${percent} % of a budget is used`,
              description: describeUse(use, budgets.currency),
              link: '/agentic/operations',
              severity: threshold < 1 ? 'normal' : 'high',
            },
          ]);
        }
      }
    }
  }
}

interface TotalKey {
  readonly scope: 'run' | 'team';
  readonly subject: string;
  readonly period: string;
}

/** Always in this order, so that two transactions never wait for each other. */
function keysOf(
  workflowId: string,
  account: WorkflowAccount | undefined,
  now: Date,
): TotalKey[] {
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

async function addTo(
  trx: Knex.Transaction,
  key: TotalKey,
  used: Usage,
): Promise<void> {
  const plus = (column: string): Knex.Raw =>
    trx.raw(`usage_totals.${column} + excluded.${column}`);
  await trx('usage_totals')
    .insert({
      ...key,
      steps: used.steps,
      tokens: used.tokens,
      money_micros: Math.round(used.money * MICROS),
    })
    .onConflict(['scope', 'subject', 'period'])
    .merge({
      steps: plus('steps'),
      tokens: plus('tokens'),
      money_micros: plus('money_micros'),
    });
}

async function readTotals(
  knex: Knex,
  workflowId: string,
  account: WorkflowAccount | undefined,
  now: Date,
): Promise<UsageTotals> {
  const { day, month } = periodsOf(now);
  const rows = await knex<TotalRow>('usage_totals')
    .where({ scope: 'run', subject: workflowId, period: '' })
    .orWhere(query =>
      query
        .where({ scope: 'team', subject: account?.team ?? '' })
        .whereIn('period', [day, month]),
    );
  const of = (scope: string, period: string): Usage =>
    toUsage(rows.find(row => row.scope === scope && row.period === period));
  return {
    run: of('run', ''),
    teamDay: of('team', day),
    teamMonth: of('team', month),
  };
}
