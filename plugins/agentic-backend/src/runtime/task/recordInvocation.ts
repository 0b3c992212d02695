import type { WorkflowTransaction } from '../../database/AgenticDatabase';
import { isoNow } from '../../database/rows';
import type { TaskRow } from '../../database/tables';

/** Counts one piece of work of an agent, for its health page. */
export async function recordInvocation(
  tx: WorkflowTransaction,
  task: TaskRow,
  outcome: string,
  startedAt: number,
): Promise<void> {
  await tx.trx('agent_invocations').insert({
    agent: task.agent,
    workflow_id: task.workflow_id,
    task_id: task.task_id,
    outcome,
    milliseconds: Date.now() - startedAt,
    at: isoNow(),
  });
}
