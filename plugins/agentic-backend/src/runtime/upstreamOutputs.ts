import { fromJson } from '../database/rows';
import type { TaskRow } from '../database/tables';
import type { StoredWorkflow } from '../database/WorkflowStore';

/** The outputs of the tasks a task depends on, directly or not, by task id. */
export function upstreamOutputs(at: {
  stored: StoredWorkflow;
  task: TaskRow;
}): Map<string, { agent: string; output: Record<string, unknown> }> {
  const { plan, tasks } = at.stored;
  const wanted = new Set<string>();
  const visit = (taskId: string): void => {
    for (const id of plan.tasks.find(task => task.taskId === taskId)
      ?.dependsOn ?? []) {
      if (!wanted.has(id)) {
        wanted.add(id);
        visit(id);
      }
    }
  };
  visit(at.task.task_id);
  return new Map(
    tasks
      .filter(task => wanted.has(task.task_id) && task.output !== null)
      .map(task => [
        task.task_id,
        { agent: task.agent, output: fromJson(task.output!) },
      ]),
  );
}
