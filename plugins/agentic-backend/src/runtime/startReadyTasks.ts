import { describeStop } from '@agentic-backstage/plugin-agentic-common';
import type { WorkflowTransaction } from '../database/AgenticDatabase';
import { isoNow } from '../database/rows';
import { engagedSwitches, stopFor } from '../killSwitch/KillSwitchStore';
import type { TaskRow } from '../database/tables';
import type { StoredWorkflow } from '../database/WorkflowStore';
import { derivePhase } from './derivePhase';
import { MAX_SLEEP_MS } from './sleep';
import { holdForStop } from './task/holdForStop';
import type { TaskRun, WorkflowAdvance, WorkflowRun } from './WorkflowEngine';

/** The states of a task in which a run of it is going on. */
export const ACTIVE: readonly TaskRow['status'][] = [
  'preparing',
  'awaiting_approval',
  'running',
];

/** The engine's name for a task's present attempt. */
export function toTaskRun(
  task: Pick<TaskRow, 'task_id' | 'attempt'>,
  run: WorkflowRun,
): TaskRun {
  return { ...run, taskId: task.task_id, attempt: task.attempt };
}

/** Starts every task whose dependencies are completed and whose time has come. */
export async function startReadyTasks(
  tx: WorkflowTransaction,
  stored: StoredWorkflow,
  run: WorkflowRun,
): Promise<WorkflowAdvance> {
  const { plan, tasks } = stored;
  const now = isoNow();
  const done = new Set(
    tasks.filter(task => task.status === 'completed').map(task => task.task_id),
  );
  const start: TaskRun[] = [];
  const stops = await engagedSwitches(tx.trx);
  let wakeAfterMs = MAX_SLEEP_MS;
  for (const task of tasks) {
    if (ACTIVE.includes(task.status)) {
      start.push(toTaskRun(task, run));
      continue;
    }
    const needs = plan.tasks.find(
      planned => planned.taskId === task.task_id,
    )!.dependsOn;
    if (task.status !== 'pending' || !needs.every(id => done.has(id))) {
      continue;
    }
    if (task.retry_at !== null && task.retry_at > now) {
      wakeAfterMs = Math.min(
        wakeAfterMs,
        Math.max(50, Date.parse(task.retry_at) - Date.now()),
      );
      continue;
    }
    const stop = stopFor(stops, task.agent);
    if (stop) {
      await holdForStop(tx, task, describeStop(stop, task.agent));
      continue;
    }
    const attempt = task.attempt + 1;
    await tx
      .trx<TaskRow>('tasks')
      .where({ workflow_id: task.workflow_id, task_id: task.task_id })
      .update({
        status: 'preparing',
        attempt,
        retry_at: null,
        lease_owner: null,
        lease_until: null,
        held_because: null,
        held_by: null,
        started_at: task.started_at ?? now,
        completed_at: null,
      });
    tx.events.add({
      type: 'task',
      taskId: task.task_id,
      message: attempt === 1 ? 'Started' : `Started, attempt ${attempt}`,
    });
    tx.record({
      kind: 'task.started',
      actor: 'system',
      subject: `task:${task.task_id}`,
      payload: { agent: task.agent, attempt },
    });
    start.push(toTaskRun({ ...task, attempt }, run));
  }
  await derivePhase(tx);
  return { status: 'wait', start, wakeAfterMs };
}
