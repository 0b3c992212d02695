import type { WorkflowTransaction } from '../database/AgenticDatabase';
import type { TaskRow } from '../database/tables';

/**
 * Writes the phase that follows from the tasks: a workflow waits for approval when a task does and
 * nothing else can go on. Called in every transaction that moves a task of a live workflow.
 */
export async function derivePhase(tx: WorkflowTransaction): Promise<void> {
  const { workflow } = tx;
  if (
    !['pending', 'planning', 'awaiting_approval', 'running', 'paused'].includes(
      workflow.phase,
    )
  ) {
    return;
  }
  if (workflow.paused || workflow.cancel_reason !== null) {
    return;
  }
  const tasks = await tx
    .trx<TaskRow>('tasks')
    .where('workflow_id', workflow.id)
    .select('status', 'retry_at');
  const waiting = tasks.some(task => task.status === 'awaiting_approval');
  const working = tasks.some(
    task =>
      ['preparing', 'running', 'failed', 'unknown'].includes(task.status) ||
      (task.status === 'pending' && task.retry_at !== null),
  );
  const phase = waiting && !working ? 'awaiting_approval' : 'running';
  if (workflow.phase !== phase) {
    tx.update({ phase });
    tx.events.add({
      type: 'workflow',
      message: phase === 'running' ? 'Running' : 'Waiting for approval',
      data: { phase },
    });
  }
}
