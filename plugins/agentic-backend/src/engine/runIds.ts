import type { TaskRun, WorkflowRun } from '../runtime/WorkflowEngine';

/** The engine's id of a workflow's run; the same run always has the same id, so starting twice is one start. */
export function workflowRunId(run: WorkflowRun): string {
  return `${run.workflowId}.g${run.generation}`;
}

/** The engine's id of one attempt at one task. */
export function taskRunId(run: TaskRun): string {
  return `${workflowRunId(run)}.${run.taskId}.${run.attempt}`;
}

/** Reads back what `workflowRunId` wrote; `undefined` for an id that is not of that form. */
export function parseWorkflowRunId(id: string): WorkflowRun | undefined {
  const match = /^(.+)\.g(\d+)$/.exec(id);
  return match
    ? { workflowId: match[1], generation: Number(match[2]) }
    : undefined;
}
