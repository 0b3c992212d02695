import type { LimitUse } from '@agentic-backstage/plugin-agentic-common';
import type { Gate, GuardCall } from '../runtime/guard/Gate';
import { budgetUses, whatIsReached } from './budgets';
import type { LimitsConfig } from './limitsConfig';
import { Ordinals } from './Ordinals';
import type { UsageLedger } from './UsageLedger';
import type { UsageTotals, WorkflowAccount } from './usageTotals';

const BEGUN = ['started', 'confirmed', 'unknown'];

/** Every budget that concerns a workflow, with what was used of it. */
export function usesOf(
  workflowId: string,
  account: WorkflowAccount | undefined,
  totals: UsageTotals,
  budgets: LimitsConfig['budgets'],
  now: Date,
): LimitUse[] {
  const run = { scope: 'run', subject: workflowId, period: 'run' } as const;
  const team = { scope: 'team', subject: account?.team ?? '' } as const;
  return [
    ...budgetUses(run, budgets.run, totals.run, now),
    ...(account
      ? [
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
        ]
      : []),
  ];
}

/** The beginning of the ids of what one attempt at a task uses; a revised plan counts its attempts anew. */
export function stepsOf(
  workflowId: string,
  planHash: string,
  taskId: string,
  attempt: number,
): string {
  return `${workflowId}.p${planHash.slice(0, 12)}.${taskId}.a${attempt}`;
}

/**
 * Counts every call of a tool as a step and refuses the next one when a budget is used up. A task
 * that has begun to change the world may finish its effects: stopping between two of them would
 * leave something half done.
 */
export function createLimitsGate(options: {
  usage: UsageLedger;
  limits: LimitsConfig;
}): Gate {
  const { usage, limits } = options;
  const { budgets } = limits;
  const ordinals = new Ordinals();

  return {
    id: 'limits',
    stages: ['read', 'propose', 'execute'],
    async refuse(call) {
      const { workflowId, taskId } = call.context;
      const steps = `${stepsOf(
        workflowId,
        call.workflow.planHash,
        taskId,
        call.attempt,
      )}.${call.stage}`;
      const now = new Date();
      return usage.addUnless(
        {
          id: `${steps}.${ordinals.next(steps)}`,
          workflowId,
          taskId,
          steps: 1,
          tokens: 0,
          money: 0,
        },
        (before, account) =>
          hasBegun(call)
            ? undefined
            : whatIsReached(
                usesOf(workflowId, account, before, budgets, now),
                budgets.currency,
              ),
        now,
      );
    },
  };
}

/** Whether the task of an effect has begun to change the world. */
function hasBegun({ stage, ofTask = [] }: GuardCall): boolean {
  return (
    stage === 'execute' && ofTask.some(({ status }) => BEGUN.includes(status))
  );
}
