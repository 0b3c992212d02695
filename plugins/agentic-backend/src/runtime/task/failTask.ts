import type { AgenticDatabase } from '../../database/AgenticDatabase';
import { enqueueEvents } from '../../database/Outbox';
import { isoNow } from '../../database/rows';
import { traceEffect } from '../../limits/EffectTraces';
import { backoffSeconds } from '../backoff';
import { redact } from '../redact';
import type { TaskFailure } from '../TaskFailure';
import { recordInvocation } from './recordInvocation';
import { settleTask } from './settleTask';
import type { HeldTask, TaskStage } from './TaskStage';

/** Writes down that a stage failed: to be tried again later, or for good. */
export async function failTask(
  database: AgenticDatabase,
  stage: HeldTask & Pick<TaskStage, 'emitted' | 'startedAt'>,
  failure: TaskFailure,
): Promise<void> {
  const { stored, task, emitted, startedAt } = stage;
  const policy = stored.plan.tasks.find(
    planned => planned.taskId === task.task_id,
  )!.policy;
  const message = redact(failure.message);
  await settleTask(database, stage, async tx => {
    await recordInvocation(tx, task, 'failed', startedAt);
    await traceEffect(tx.trx, {
      workflowId: task.workflow_id,
      taskId: task.task_id,
      tool: task.agent,
      digest: '',
      kind: 'task_failed',
    });
    const left = task.attempts_left - 1;
    if (failure.retryable && left > 0) {
      const seconds = backoffSeconds(policy, policy.maxAttempts - left);
      tx.events.add({
        type: 'task',
        level: 'warn',
        taskId: task.task_id,
        message: `Attempt ${
          task.attempt
        } failed: ${message}. Next attempt in ${seconds.toFixed(
          1,
        )} s, ${left} left`,
      });
      return {
        status: 'pending',
        error: message,
        attempts_left: left,
        retry_at: new Date(Date.now() + seconds * 1000).toISOString(),
      };
    }
    await enqueueEvents(tx.trx, emitted);
    if (failure.rejected) {
      tx.update({ cancel_reason: message, cancelled_by: null });
    }
    tx.events.add({
      type: 'task',
      level: 'error',
      taskId: task.task_id,
      message: `Failed: ${message}`,
    });
    return {
      status: failure.rejected ? 'cancelled' : 'failed',
      error: message,
      attempts_left: left,
      completed_at: isoNow(),
    };
  });
}
