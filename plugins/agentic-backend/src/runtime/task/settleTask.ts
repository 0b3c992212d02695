import type {
  AgenticDatabase,
  WorkflowTransaction,
} from '../../database/AgenticDatabase';
import type { TaskRow } from '../../database/tables';
import { derivePhase } from '../derivePhase';
import type { HeldTask } from './TaskStage';

/** Writes a stage's outcome, unless the task is not this process's any more. */
export async function settleTask(
  database: AgenticDatabase,
  { stored, task, lease }: HeldTask,
  write: (tx: WorkflowTransaction) => Promise<Partial<TaskRow>>,
): Promise<void> {
  await database.withWorkflow(stored.row.id, async tx => {
    if (
      !(await lease.isHeld(tx.trx, task.status)) ||
      tx.workflow.generation !== stored.row.generation
    ) {
      return;
    }
    const changes = await write(tx);
    if (Object.keys(changes).length > 0) {
      await tx
        .trx<TaskRow>('tasks')
        .where({ workflow_id: stored.row.id, task_id: task.task_id })
        .update({ held_because: null, ...changes });
      await derivePhase(tx);
    }
  });
}
