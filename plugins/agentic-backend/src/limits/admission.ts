import type { Knex } from 'knex';
import { OPEN_PHASES } from '../database/openPhases';
import { budgetUses, endOfPeriod, whatIsReached } from './budgets';
import { LimitReached } from './LimitReached';
import type { LimitsConfig } from './limitsConfig';
import type { UsageLedger } from './UsageLedger';
import type { WorkflowAccount } from './usageTotals';

/** Any number that means "one admission at a time" in PostgreSQL. */
const ADMISSION_LOCK = 7_204_114;

/** How many workflows are not at their end, of everybody, a person or a team. */
export async function openWorkflows(
  knex: Knex,
  of: { requestedBy?: string; team?: string } = {},
): Promise<number> {
  const query = knex('workflows')
    .join('workflow_accounts', 'workflow_accounts.workflow_id', 'workflows.id')
    .whereIn('workflows.phase', [...OPEN_PHASES]);
  if (of.requestedBy !== undefined) {
    query.where('workflow_accounts.requested_by', of.requestedBy);
  }
  if (of.team !== undefined) query.where('workflow_accounts.team', of.team);
  const row = await query.count({ total: '*' }).first();
  return Number(row?.total ?? 0);
}

/** Called in the transaction that accepts a workflow. */
export type Admission = (
  trx: Knex.Transaction,
  workflow: WorkflowAccount & { readonly workflowId: string },
) => Promise<void>;

/**
 * Decides whether one more workflow may begin, and puts down who pays for it: two requests at once
 * do not both get the last place. Throws {@link LimitReached} naming the limit and when it frees.
 */
export function createAdmission(options: {
  limits: LimitsConfig;
  usage: UsageLedger;
}): Admission {
  const { limits, usage } = options;
  return async (trx, { workflowId, requestedBy, team }) => {
    if (trx.client.config.client === 'pg') {
      await trx.raw('select pg_advisory_xact_lock(?)', [ADMISSION_LOCK]);
    }
    const { perUser, perTeam, overall } = limits.workflows;
    const places = [
      ['The portal', overall, {}],
      [requestedBy, perUser, { requestedBy }],
      [team, perTeam, { team }],
    ] as const;
    for (const [whose, allowed, of] of places) {
      const open = await openWorkflows(trx, of);
      if (open >= allowed) {
        throw new LimitReached(
          `${whose} has ${open} workflows that are not at their end, and ${allowed} are allowed; wait until one ends, or cancel one`,
        );
      }
    }
    const now = new Date();
    const used = await usage.totalsOfTeam(team, trx, now);
    const { budgets } = limits;
    for (const [period, budget, usedThen] of [
      ['day', budgets.teamDay, used.teamDay],
      ['month', budgets.teamMonth, used.teamMonth],
    ] as const) {
      const reached = whatIsReached(
        budgetUses(
          { scope: 'team', subject: team, period },
          budget,
          usedThen,
          now,
        ),
        budgets.currency,
      );
      if (reached) throw new LimitReached(reached, endOfPeriod(period, now));
    }
    await trx('workflow_accounts').insert({
      workflow_id: workflowId,
      requested_by: requestedBy,
      team,
    });
  };
}
