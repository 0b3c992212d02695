import type { WorkflowTransaction } from '../../database/AgenticDatabase';
import { isoNow } from '../../database/rows';
import type { TaskRow } from '../../database/tables';
import { metrics } from '../../telemetry/Metrics';

/** Counts one piece of work of an agent, for its health page and the metrics. */
export async function recordInvocation(
  tx: WorkflowTransaction,
  task: TaskRow,
  outcome: string,
  startedAt: number,
): Promise<void> {
  const milliseconds = Date.now() - startedAt;
  tx.afterCommit(() =>
    metrics.measure('taskDuration', milliseconds / 1000, {
      agent: task.agent,
      outcome,
    }),
  );
  await tx.trx('agent_invocations').insert({
    agent: task.agent,
    workflow_id: task.workflow_id,
    task_id: task.task_id,
    outcome,
    milliseconds,
    at: isoNow(),
  });
}
