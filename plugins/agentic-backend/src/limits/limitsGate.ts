import type { LimitUse } from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import type { TaskRow } from '../database/tables';
import type { Gate, GuardCall } from '../runtime/guard/Gate';
import { budgetUses, whatIsReached } from './budgets';
import type { LimitsConfig } from './limitsConfig';
import type { UsageLedger, UsageTotals, WorkflowAccount } from './UsageLedger';

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
  knex: Knex;
  usage: UsageLedger;
  limits: LimitsConfig;
}): Gate {
  const { knex, usage, limits } = options;
  // A stage of a task is one signal: its calls count up from one, and a stage that is repeated after
  // a crash counts the same calls under the same ids.
  const ordinals = new WeakMap<AbortSignal, number>();

  async function count(call: GuardCall): Promise<UsageTotals> {
    const { workflowId, taskId, signal } = call.context;
    const ordinal = (ordinals.get(signal) ?? 0) + 1;
    ordinals.set(signal, ordinal);
    const task = await knex<TaskRow>('tasks')
      .where({ workflow_id: workflowId, task_id: taskId })
      .first('attempt');
    const id = [
      stepsOf(workflowId, call.workflow.planHash, taskId, task?.attempt ?? 0),
      call.stage,
      ordinal,
    ].join('.');
    return usage.add({
      id,
      workflowId,
      taskId,
      steps: 1,
      tokens: 0,
      money: 0,
    });
  }

  async function hasBegun(call: GuardCall): Promise<boolean> {
    const { workflowId, taskId } = call.context;
    const begun = await knex('effects')
      .where({ workflow_id: workflowId, task_id: taskId })
      .whereIn('status', BEGUN)
      .first('effect_id');
    return begun !== undefined;
  }

  return {
    id: 'limits',
    stages: ['read', 'propose', 'execute'],
    async refuse(call) {
      const { workflowId } = call.context;
      const now = new Date();
      const before = usesOf(
        workflowId,
        await usage.accountOf(workflowId),
        await usage.totals(workflowId, now),
        limits.budgets,
        now,
      );
      const reached = whatIsReached(before, limits.budgets.currency);
      if (reached && !(call.stage === 'execute' && (await hasBegun(call)))) {
        return reached;
      }
      await count(call);
      return undefined;
    },
  };
}
