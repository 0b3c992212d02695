import type { WorkflowTransaction } from '../../database/AgenticDatabase';
import type { TaskRow } from '../../database/tables';
import { KILL_SWITCH_GATE } from './holdBehind';

/** Says once, on a task nobody works on, that it does not go on because its agent is stopped. */
export async function holdForStop(
  tx: WorkflowTransaction,
  task: TaskRow,
  because: string,
): Promise<void> {
  if (task.held_because === because) return;
  await tx
    .trx<TaskRow>('tasks')
    .where({ workflow_id: task.workflow_id, task_id: task.task_id })
    .update({ held_because: because, held_by: KILL_SWITCH_GATE });
  tx.events.add({
    type: 'task',
    level: 'warn',
    taskId: task.task_id,
    message: `Waiting: ${because}`,
    data: { gate: KILL_SWITCH_GATE },
  });
}
