import type { Problem } from '@agentic-backstage/plugin-agentic-common';
import type { PlanDraft } from '@agentic-backstage/plugin-agentic-node';
import { DraftedPlan, TASK_INPUTS } from '../schema';
import { criticalSeconds } from './optimise';
import { validateName } from './validateName';

/** Everything that is wrong with a plan, whoever has made it; an empty list means valid. */
export function validate(draft: PlanDraft): Problem[] {
  const parsed = DraftedPlan.safeParse(draft);
  if (!parsed.success) {
    return parsed.error.issues.map(issue => ({
      field: `plan.${issue.path.join('.')}`,
      message: issue.message,
      remedy: 'Make the plan again.',
    }));
  }
  const name = validateName(
    draft.intent.serviceName,
    draft.intent.origins.serviceName === 'words'
      ? 'description'
      : 'parameters.serviceName',
  );
  return [
    ...(name ? [name] : []),
    ...checkTasks(draft),
    ...checkDependencies(draft),
    ...checkGoals(draft),
    ...checkOutcome(draft),
  ];
}

const problem = (field: string, message: string): Problem => ({
  field,
  message,
  remedy:
    'Make the plan again; if it happens again, report it with the request.',
});

function checkTasks({ tasks }: PlanDraft): Problem[] {
  return tasks.flatMap((task, index) => {
    const at = `plan.tasks.${index}`;
    const found: Problem[] = [];
    if (task.taskId !== `t${index + 1}`) {
      found.push(
        problem(`${at}.taskId`, `task ${index + 1} is called ${task.taskId}`),
      );
    }
    const input = Object.hasOwn(TASK_INPUTS, task.agent)
      ? TASK_INPUTS[task.agent]
      : undefined;
    if (!input) {
      found.push(
        problem(`${at}.agent`, `no agent ${task.agent} takes tasks of a plan`),
      );
    } else if (!input.safeParse(task.input).success) {
      found.push(
        problem(`${at}.input`, `agent ${task.agent} does not take this input`),
      );
    }
    return found;
  });
}

/** Tasks are in an order in which each comes after all it waits for, so there can be no cycle. */
function checkDependencies({ tasks }: PlanDraft): Problem[] {
  const before = new Set<string>();
  const found: Problem[] = [];
  for (const [index, { taskId, dependsOn }] of tasks.entries()) {
    for (const id of dependsOn) {
      if (!before.has(id)) {
        found.push(
          problem(
            `plan.tasks.${index}.dependsOn`,
            `${taskId} waits for ${id}, which does not come before it`,
          ),
        );
      }
    }
    before.add(taskId);
  }
  return found;
}

function checkGoals({ goals, tasks }: PlanDraft): Problem[] {
  const found: Problem[] = [];
  const ids = new Set(goals.map(({ id }) => id));
  for (const { taskId, goal } of tasks) {
    const owner = goals.filter(({ taskIds }) => taskIds.includes(taskId));
    if (owner.length !== 1 || owner[0].id !== goal) {
      found.push(
        problem('plan.goals', `${taskId} does not serve exactly one goal`),
      );
    }
  }
  for (const goal of goals) {
    const missing = goal.goals.find(id => !ids.has(id) || id === goal.id);
    if (missing) {
      found.push(
        problem('plan.goals', `${goal.id} has no goal ${missing} inside it`),
      );
    }
  }
  return found;
}

function checkOutcome(draft: PlanDraft): Problem[] {
  const found: Problem[] = [];
  const seconds = criticalSeconds(draft.tasks);
  if (Number.isFinite(seconds) && draft.estimatedSeconds < seconds) {
    found.push(
      problem(
        'plan.estimatedSeconds',
        `the longest chain of tasks takes ${seconds} s`,
      ),
    );
  }
  for (const check of draft.preChecks) {
    if (check.result === 'failed') {
      found.push({
        field: `plan.preChecks.${check.id}`,
        message: `${check.title}: ${check.evidence}`,
        remedy: 'Change the request so that the check passes.',
      });
    }
  }
  return found;
}
