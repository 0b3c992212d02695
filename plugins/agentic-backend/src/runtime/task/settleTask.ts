import type {
  AgenticDatabase,
  WorkflowTransaction,
} from '../../database/AgenticDatabase';
import { fromNullableJson } from '../../database/rows';
import type { TaskRow } from '../../database/tables';
import { derivePhase } from '../derivePhase';
import type { HeldTask } from './TaskStage';

/** The states a stage ends in, also when another attempt follows. */
const SETTLED: readonly TaskRow['status'][] = [
  'pending',
  'completed',
  'failed',
  'unknown',
  'cancelled',
];

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
        .update({ held_because: null, held_by: null, ...changes });
      if (changes.status && SETTLED.includes(changes.status)) {
        tx.record({
          kind: 'task.settled',
          actor: `agent:${task.agent}`,
          subject: `task:${task.task_id}`,
          payload: {
            status: changes.status,
            attempt: task.attempt,
            error: changes.error,
            output: fromNullableJson(changes.output ?? null),
          },
        });
      }
      await derivePhase(tx);
    }
  });
}
