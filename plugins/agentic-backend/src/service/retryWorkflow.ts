import {
  mayRetryIn,
  retryScope,
  type WorkflowPhase,
} from '@agentic-backstage/plugin-agentic-common';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { WorkflowTransaction } from '../database/AgenticDatabase';
import type { TaskRow } from '../database/tables';
import { reclaimService, type StoredWorkflow } from '../database/WorkflowStore';
import { traceFreshCount } from '../limits/EffectTraces';

/**
 * Puts the tasks of an ended workflow back to work and answers the generation of the run that carries
 * them out. Effects keep their records: what is confirmed is not done again, and what was undone is
 * proposed, dry-run and approved anew.
 */
export async function putBackToWork(
  tx: WorkflowTransaction,
  stored: StoredWorkflow,
  by: string,
  options: { taskId?: string; fromTask?: string; reason: string },
): Promise<number> {
  const { workflow } = tx;
  const { reason, fromTask } = options;
  refuseOthers(workflow.id, workflow.phase, fromTask);
  const again = tasksToRetry(stored, options);
  await reclaimService(tx.trx, workflow);
  // A machine that retries for ever is what the count is there for.
  if (!by.startsWith('service:')) await traceFreshCount(tx.trx, workflow.id);
  const policies = new Map(
    stored.plan.tasks.map(task => [task.taskId, task.policy]),
  );
  for (const task of again) {
    await tx
      .trx<TaskRow>('tasks')
      .where({ workflow_id: workflow.id, task_id: task.task_id })
      .update({
        status: 'pending',
        attempts_left: policies.get(task.task_id)!.maxAttempts,
        retry_at: null,
        error: null,
        output: null,
        started_at: null,
        completed_at: null,
      });
  }
  const generation = workflow.generation + 1;
  const tasks = again.map(task => task.task_id);
  tx.update({
    phase: 'running',
    generation,
    error: null,
    completed_at: null,
    cancel_reason: null,
    cancelled_by: null,
    paused: false,
  });
  tx.record({
    kind: 'workflow.retried',
    actor: by,
    subject: `workflow:${workflow.id}`,
    payload: {
      reason,
      ...(fromTask !== undefined && { fromTask }),
      before: workflow.phase,
      tasks,
      generation,
    },
  });
  tx.events.add({
    type: 'workflow',
    message: `${by} retries ${tasks.join(', ')}${
      fromTask === undefined ? '' : `, from ${fromTask}`
    }${reason ? `: ${reason}` : ''}`,
  });
  return generation;
}

function refuseOthers(
  id: string,
  phase: WorkflowPhase,
  fromTask: string | undefined,
): void {
  if (mayRetryIn(phase, fromTask)) {
    return;
  }
  throw new ConflictError(
    phase === 'cancelled'
      ? `Workflow '${id}' was cancelled; say with fromTask which task it shall start again from`
      : `Workflow '${id}' is ${phase}; only one that failed, was rolled back or was cancelled can be retried`,
  );
}

/** The tasks that run again, as {@link retryScope} says. */
function tasksToRetry(
  { plan, tasks }: StoredWorkflow,
  options: { taskId?: string; fromTask?: string },
): TaskRow[] {
  const { taskId, fromTask } = options;
  for (const named of [taskId, fromTask]) {
    if (named !== undefined && !tasks.some(task => task.task_id === named)) {
      throw new NotFoundError(
        `The workflow has no task '${named.slice(0, 20)}'`,
      );
    }
  }
  if (
    tasks.some(task => task.task_id === taskId && task.status === 'completed')
  ) {
    throw new ConflictError(
      `Task '${taskId}' is completed; name it as fromTask to run it and all that depends on it again`,
    );
  }
  const planned = new Map(plan.tasks.map(task => [task.taskId, task]));
  const { again } = retryScope(
    tasks.map(row => ({
      row,
      taskId: row.task_id,
      status: row.status,
      dependsOn: planned.get(row.task_id)!.dependsOn,
    })),
    fromTask,
  );
  return again.map(({ row }) => row);
}
