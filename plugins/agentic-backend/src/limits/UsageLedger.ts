import type { Usage } from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { insertRows } from '../database/ask';
import { isoNow } from '../database/rows';
import type { LimitsConfig } from './limitsConfig';
import { tellOfBudgets } from './tellOfBudgets';
import {
  addToTotals,
  MICROS,
  readTotals,
  readTotalsOfTeam,
  totalsBefore,
  type UsageTotals,
  type WorkflowAccount,
} from './usageTotals';

/** One piece of work that used something. */
export interface UsageEntry extends Usage {
  /** The same piece of work, done again after a crash, must carry the same id: it is counted once. */
  readonly id: string;
  readonly workflowId: string;
  readonly taskId: string;
}

const ACCOUNTS_KEPT = 5000;

/** Takes back what the transaction has counted. */
class NotCounted extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
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
    return this.#count(entry, now, () => undefined);
  }

  /**
   * Counts a piece of work unless `refuse` has a reason not to, from what was used before it. Answers
   * that reason; then nothing is counted. Of two calls at once only one gets the last step.
   */
  async addUnless(
    entry: UsageEntry,
    refuse: (
      before: UsageTotals,
      account: WorkflowAccount | undefined,
    ) => string | undefined,
    now: Date = new Date(),
  ): Promise<string | undefined> {
    try {
      await this.#count(entry, now, refuse);
      return undefined;
    } catch (error) {
      if (error instanceof NotCounted) return error.reason;
      throw error;
    }
  }

  /** The totals that concern a workflow. */
  async totals(
    workflowId: string,
    now: Date = new Date(),
  ): Promise<UsageTotals> {
    const account = await this.accountOf(workflowId);
    return readTotals(this.#knex, { workflowId, account, now });
  }

  /** What a team has used today and this month. */
  async totalsOfTeam(
    team: string,
    knex: Knex = this.#knex,
    now: Date = new Date(),
  ): Promise<Omit<UsageTotals, 'run'>> {
    return readTotalsOfTeam(knex, team, now);
  }

  async #count(
    entry: UsageEntry,
    now: Date,
    refuse: (
      before: UsageTotals,
      account: WorkflowAccount | undefined,
    ) => string | undefined,
  ): Promise<UsageTotals> {
    const { workflowId } = entry;
    const account = await this.accountOf(workflowId);
    const of = { workflowId, account, now };
    return this.#knex.transaction(async trx => {
      const isNew = await insertEntry(trx, entry);
      const totals = isNew
        ? await addToTotals(trx, of, entry)
        : await readTotals(trx, of);
      const reason = refuse(
        isNew ? totalsBefore(totals, entry) : totals,
        account,
      );
      if (reason !== undefined) throw new NotCounted(reason);
      if (isNew && account) {
        const limits = this.#limits;
        await tellOfBudgets(trx, { ...of, account, limits, totals });
      }
      return totals;
    });
  }
}

/** Answers false when this piece of work was counted before. */
async function insertEntry(
  trx: Knex.Transaction,
  entry: UsageEntry,
): Promise<boolean> {
  const inserted = await insertRows(
    trx,
    'usage_entries',
    [
      {
        id: entry.id,
        workflow_id: entry.workflowId,
        task_id: entry.taskId,
        steps: entry.steps,
        tokens: entry.tokens,
        money_micros: Math.round(entry.money * MICROS),
        at: isoNow(),
      },
    ],
    'on conflict (id) do nothing returning id',
  );
  return inserted.length > 0;
}
