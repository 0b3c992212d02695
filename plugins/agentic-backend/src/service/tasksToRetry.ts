import { ConflictError, NotFoundError } from '@backstage/errors';
import type { TaskRow } from '../database/tables';
import type { StoredWorkflow } from '../database/WorkflowStore';

/** The failed tasks (or the one named), everything undone, and everything that never ran. */
export function tasksToRetry(
  stored: StoredWorkflow,
  taskId?: string,
): TaskRow[] {
  const again = stored.tasks.filter(task => task.status !== 'completed');
  if (taskId !== undefined) {
    const task = stored.tasks.find(candidate => candidate.task_id === taskId);
    if (!task) {
      throw new NotFoundError(
        `The workflow has no task '${taskId.slice(0, 20)}'`,
      );
    }
    if (task.status === 'completed') {
      throw new ConflictError(
        `Task '${taskId}' is completed; only a task that failed can be retried`,
      );
    }
  }
  const downstream = new Set(again.map(task => task.task_id));
  for (const task of stored.plan.tasks) {
    if (task.dependsOn.some(id => downstream.has(id))) {
      downstream.add(task.taskId);
    }
  }
  return stored.tasks.filter(task => downstream.has(task.task_id));
}
