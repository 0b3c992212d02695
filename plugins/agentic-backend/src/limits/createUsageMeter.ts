import type {
  LimitMeasure,
  LimitUse,
} from '@agentic-backstage/plugin-agentic-common';
import type {
  UsageLeft,
  UsageMeter,
} from '@agentic-backstage/plugin-agentic-node';
import { InputError } from '@backstage/errors';
import { TaskFailure } from '../runtime/TaskFailure';
import { whatIsReached } from './budgets';
import { stepsOf, usesOf } from './limitsGate';
import type { LimitsConfig } from './limitsConfig';
import type { UsageLedger } from './UsageLedger';
import type { UsageTotals } from './usageTotals';

const CALL_KEY = /^[\w.:-]{1,100}$/;

/** The meter of one attempt at one task, over the ledger. */
export function createUsageMeter(options: {
  usage: UsageLedger;
  budgets: LimitsConfig['budgets'];
  workflowId: string;
  planHash: string;
  taskId: string;
  attempt: number;
}): UsageMeter {
  const { usage, budgets, workflowId, planHash, taskId, attempt } = options;

  async function usesWith(totals: UsageTotals): Promise<LimitUse[]> {
    const account = await usage.accountOf(workflowId);
    return usesOf(workflowId, account, totals, budgets, new Date());
  }

  return {
    async report({ key, tokens, money }) {
      if (!CALL_KEY.test(key)) {
        throw new InputError(
          `'${key.slice(
            0,
            40,
          )}' is no key of a call; use up to 100 letters, digits, dots and hyphens`,
        );
      }
      const fits =
        Number.isInteger(tokens) && tokens >= 0 && money >= 0 && money < 1e9;
      if (!fits) {
        throw new InputError(
          `The call '${key}' reports ${tokens} tokens and ${money} ${budgets.currency}; report a whole number of tokens and a cost of zero or more`,
        );
      }
      const uses = await usesWith(
        await usage.add({
          id: `${stepsOf(workflowId, planHash, taskId, attempt)}.model.${key}`,
          workflowId,
          taskId,
          steps: 0,
          tokens,
          money,
        }),
      );
      const reached = whatIsReached(uses, budgets.currency);
      if (reached) {
        throw new TaskFailure(reached, { retryable: false });
      }
      return toLeft(uses, budgets.currency);
    },
    async left() {
      const uses = await usesWith(await usage.totals(workflowId));
      return toLeft(uses, budgets.currency);
    },
  };
}

/** The least that any budget leaves of each measure. */
function toLeft(uses: readonly LimitUse[], currency: string): UsageLeft {
  const least = (measure: LimitMeasure): number | undefined => {
    const left = uses
      .filter(use => use.measure === measure && use.allowed !== undefined)
      .map(use => Math.max(0, use.allowed! - (use.used ?? 0)));
    return left.length > 0 ? Math.min(...left) : undefined;
  };
  return {
    steps: least('steps'),
    tokens: least('tokens'),
    money: least('money'),
    currency,
  };
}
