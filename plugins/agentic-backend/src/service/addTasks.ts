import type {
  PlanGoal,
  PlannedTask,
} from '@agentic-backstage/plugin-agentic-common';
import type {
  AddedTask,
  PlanDraft,
  TaskSource,
} from '@agentic-backstage/plugin-agentic-node';
import { ForwardedError } from '@backstage/errors';

/** How an added task is tried where its source says nothing else. */
const POLICY = {
  maxAttempts: 3,
  initialBackoffSeconds: 1,
  maxBackoffSeconds: 30,
  timeoutSeconds: 60,
} as const;

/**
 * The plan with the tasks that sources add to it, numbered after those of the planner, in the order
 * of the sources. Each source sees what the ones before it have added. The tasks of the planner stay
 * as they are.
 */
export function addTasks(
  draft: PlanDraft,
  sources: readonly TaskSource[],
): PlanDraft {
  return sources.reduce(addTasksOf, draft);
}

function addTasksOf(draft: PlanDraft, source: TaskSource): PlanDraft {
  const added = askSource(draft, source);
  if (added.length === 0) return draft;
  const goal: PlanGoal = {
    id: `added-${source.id}`,
    title: `Tasks added by ${source.id}`,
    taskIds: [],
    goals: [],
  };
  const tasks = added.reduce<readonly PlannedTask[]>(
    (before, task) => [...before, numbered(before, task, goal.id)],
    draft.tasks,
  );
  const own = tasks.slice(draft.tasks.length);
  return {
    ...draft,
    tasks: [...tasks],
    goals: [
      ...draft.goals,
      { ...goal, taskIds: own.map(({ taskId }) => taskId) },
    ],
    estimatedSeconds: Math.max(draft.estimatedSeconds, longestChain(tasks)),
    stages: [
      ...draft.stages,
      {
        stage: 'draft',
        summary: `${source.id} added ${own.length} tasks`,
        details: own.map(
          ({ taskId, title, agent, dependsOn }) =>
            `${taskId} '${title}' is the work of ${agent} and waits for ${
              dependsOn.join(', ') || 'nothing'
            }`,
        ),
      },
    ],
  };
}

function askSource(draft: PlanDraft, source: TaskSource): readonly AddedTask[] {
  try {
    return source.tasksFor(structuredClone(draft));
  } catch (error) {
    throw new ForwardedError(
      `The source of tasks '${source.id}' failed, so there is no plan; mend it or remove its module`,
      error,
    );
  }
}

function numbered(
  before: readonly PlannedTask[],
  task: AddedTask,
  goal: string,
): PlannedTask {
  const awaited = before.filter(({ agent }) => task.after.includes(agent));
  return {
    taskId: `t${before.length + 1}`,
    agent: task.agent,
    title: task.title,
    goal,
    dependsOn: awaited.map(({ taskId }) => taskId),
    priority: 1 + Math.max(0, ...awaited.map(({ priority }) => priority)),
    estimatedSeconds: task.estimatedSeconds,
    input: structuredClone(task.input),
    policy: { ...POLICY, ...task.policy },
  };
}

/** Seconds from the first task to the last; each task comes after all it waits for. */
function longestChain(tasks: readonly PlannedTask[]): number {
  const ends = new Map<string, number>();
  for (const { taskId, dependsOn, estimatedSeconds } of tasks) {
    const start = Math.max(0, ...dependsOn.map(id => ends.get(id) ?? 0));
    ends.set(taskId, start + estimatedSeconds);
  }
  return Math.max(0, ...ends.values());
}
