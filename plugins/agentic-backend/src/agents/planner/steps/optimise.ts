import type { PlannedTask } from '@agentic-backstage/plugin-agentic-common';
import type { PlanDraft } from '@agentic-backstage/plugin-agentic-node';

/** Whose results an agent reads. An agent that is not here keeps every dependency it was given. */
const READS: Readonly<Record<string, readonly string[]>> = {
  codegen: [],
  deployment: ['codegen'],
  policy: ['codegen', 'deployment'],
  observability: ['deployment'],
};

const isCycle = Number.POSITIVE_INFINITY;

/** The longest chain to each task, in tasks and in seconds; infinite inside a cycle. */
function schedule(tasks: readonly PlannedTask[]) {
  const byId = new Map(tasks.map(task => [task.taskId, task]));
  const done = new Map<string, { wave: number; end: number }>();
  const visiting = new Set<string>();
  const visit = (id: string): { wave: number; end: number } => {
    const known = done.get(id);
    if (known) return known;
    const task = byId.get(id);
    if (!task || visiting.has(id)) return { wave: isCycle, end: isCycle };
    visiting.add(id);
    const before = task.dependsOn.map(visit);
    visiting.delete(id);
    const result = {
      wave: 1 + Math.max(0, ...before.map(({ wave }) => wave)),
      end: task.estimatedSeconds + Math.max(0, ...before.map(({ end }) => end)),
    };
    done.set(id, result);
    return result;
  };
  return new Map(tasks.map(({ taskId }) => [taskId, visit(taskId)]));
}

/** Seconds from the first task to the last when everything that can runs at the same time. */
export function criticalSeconds(tasks: readonly PlannedTask[]): number {
  return Math.max(0, ...[...schedule(tasks).values()].map(({ end }) => end));
}

/**
 * Drops the dependencies on tasks whose results are not read, so that the rest can run at the same
 * time, and sets priorities and duration by the longest chain. Never adds a dependency.
 */
export function optimise(draft: PlanDraft): PlanDraft {
  const agents = new Map(
    draft.tasks.map(({ taskId, agent }) => [taskId, agent]),
  );
  const relaxed = draft.tasks.map(task => {
    const reads = Object.hasOwn(READS, task.agent)
      ? READS[task.agent]
      : undefined;
    return {
      ...task,
      dependsOn: task.dependsOn.filter(
        id => !reads || reads.includes(agents.get(id) ?? ''),
      ),
    };
  });
  const scheduled = schedule(relaxed);
  const tasks = relaxed.map(task => {
    const wave = scheduled.get(task.taskId)?.wave ?? 1;
    return { ...task, priority: Number.isFinite(wave) ? wave : task.priority };
  });
  const seconds = criticalSeconds(tasks);
  const dropped = draft.tasks.reduce(
    (sum, task, index) =>
      sum + task.dependsOn.length - tasks[index].dependsOn.length,
    0,
  );
  const first = tasks.filter(({ dependsOn }) => dependsOn.length === 0);
  return {
    ...draft,
    tasks,
    estimatedSeconds: Number.isFinite(seconds)
      ? seconds
      : draft.estimatedSeconds,
    stages: [
      ...draft.stages,
      {
        stage: 'optimise',
        summary: `${dropped} dependencies dropped; ${draft.estimatedSeconds} s one after the other, ${seconds} s now`,
        details: [
          `${first.map(({ taskId }) => taskId).join(', ')} start at once`,
          ...tasks
            .filter(({ dependsOn }) => dependsOn.length)
            .map(
              ({ taskId, dependsOn }) =>
                `${taskId} waits for ${dependsOn.join(', ')}`,
            ),
        ],
      },
    ],
  };
}
