import type { Knex } from 'knex';
import { enqueueNotifications } from '../database/Outbox';
import { ALERT_SHARES, budgetUses, describeUse } from './budgets';
import type { LimitsConfig } from './limitsConfig';
import { once } from './once';
import {
  periodsOf,
  type UsageTotals,
  type WorkflowAccount,
} from './usageTotals';

/** Tells people once of each budget of a workflow that comes near its end, and once when it is there. */
export async function tellOfBudgets(
  trx: Knex.Transaction,
  options: {
    limits: Pick<LimitsConfig, 'budgets' | 'alertRecipients'>;
    workflowId: string;
    account: WorkflowAccount;
    totals: UsageTotals;
    now: Date;
  },
): Promise<void> {
  const { limits, workflowId, account, totals, now } = options;
  const { budgets, alertRecipients } = limits;
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
