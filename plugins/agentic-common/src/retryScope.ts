import type { TaskStatus, WorkflowPhase } from './states';

/** What a retry has to know of a task. */
export interface RetriableTask {
  readonly taskId: string;
  readonly status: TaskStatus;
  readonly dependsOn: readonly string[];
}

/** The phases a workflow can be retried in; one that was cancelled only from a named task. */
export function mayRetryIn(phase: WorkflowPhase, fromTask?: string): boolean {
  return (
    phase === 'failed' ||
    phase === 'rolled_back' ||
    (phase === 'cancelled' && fromTask !== undefined)
  );
}

/**
 * Which tasks a retry runs again, and which it keeps, in the order of the tasks: what is not completed,
 * the task it starts from, and whatever depends on one of these. The page shows and the backend
 * carries out the answer of this one function.
 */
export function retryScope<Task extends RetriableTask>(
  tasks: readonly Task[],
  fromTask?: string,
): { readonly again: readonly Task[]; readonly kept: readonly Task[] } {
  const again = new Set(
    tasks
      .filter(
        ({ taskId, status }) => status !== 'completed' || taskId === fromTask,
      )
      .map(({ taskId }) => taskId),
  );
  for (let before = -1; before < again.size; ) {
    before = again.size;
    for (const { taskId, dependsOn } of tasks) {
      if (dependsOn.some(id => again.has(id))) again.add(taskId);
    }
  }
  return {
    again: tasks.filter(({ taskId }) => again.has(taskId)),
    kept: tasks.filter(({ taskId }) => !again.has(taskId)),
  };
}
