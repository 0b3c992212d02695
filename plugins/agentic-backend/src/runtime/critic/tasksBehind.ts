import type { Plan } from '@agentic-backstage/plugin-agentic-common';

/** The ids of the tasks that a task builds on, directly or not. */
export function tasksBehind(
  plan: Pick<Plan, 'tasks'>,
  taskId: string,
): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (id: string): void => {
    const task = plan.tasks.find(planned => planned.taskId === id);
    for (const before of task?.dependsOn ?? []) {
      if (!found.has(before)) {
        found.add(before);
        visit(before);
      }
    }
  };
  visit(taskId);
  return found;
}
