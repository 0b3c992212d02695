import type {
  PlanGoal,
  PlannedTask,
} from '@agentic-backstage/plugin-agentic-common';
import type { PlanDraft } from '@agentic-backstage/plugin-agentic-node';
import {
  policyOf,
  TASK_BLUEPRINTS,
  type TaskKind,
} from '../knowledge/taskBlueprints';
import type { Understood } from '../schema';
import { assessRisks } from './assessRisks';
import { estimateCost } from './estimateCost';
import { preChecks } from './preChecks';
import type { RuntimeReport } from '@agentic-backstage/plugin-agentic-node';

/** A goal with the kinds of task that reach it, and the goals inside it. */
export interface GoalOutline {
  readonly id: string;
  readonly title: string;
  readonly tasks: readonly TaskKind[];
  readonly goals: readonly GoalOutline[];
}

/** What a strategy has decided. */
export interface Outline {
  readonly strategy: string;
  readonly goals: readonly GoalOutline[];
  /** Why the strategy decided so. */
  readonly reasons: readonly string[];
}

/** Tasks and goals in the order of the outline, depth first. */
function walk(goals: readonly GoalOutline[]): {
  readonly goals: PlanGoal[];
  readonly steps: { readonly kind: TaskKind; readonly goal: string }[];
} {
  const flat: PlanGoal[] = [];
  const steps: { kind: TaskKind; goal: string }[] = [];
  const visit = (outline: GoalOutline) => {
    const goal: PlanGoal = {
      id: outline.id,
      title: outline.title,
      taskIds: [],
      goals: outline.goals.map(({ id }) => id),
    };
    flat.push(goal);
    for (const kind of outline.tasks) {
      steps.push({ kind, goal: outline.id });
      goal.taskIds.push(`t${steps.length}`);
    }
    outline.goals.forEach(visit);
  };
  goals.forEach(visit);
  return { goals: flat, steps };
}

/**
 * Turns an outline into a first plan: one task after the other, each waiting for all before it.
 * What can run at the same time is found by `optimise`.
 */
export function draft(
  understood: Understood,
  outline: Outline,
  runtimes: readonly RuntimeReport[],
): PlanDraft {
  const { intent, template, evidence } = understood;
  const { goals, steps } = walk(outline.goals);
  const tasks = steps.map(({ kind, goal }, index): PlannedTask => {
    const blueprint = TASK_BLUEPRINTS[kind];
    return {
      taskId: `t${index + 1}`,
      agent: blueprint.agent,
      title: blueprint.title,
      goal,
      dependsOn: steps.slice(0, index).map((_, before) => `t${before + 1}`),
      priority: index + 1,
      estimatedSeconds: blueprint.estimatedSeconds,
      input: { ...blueprint.input },
      policy: policyOf(blueprint),
    };
  });
  const estimatedCost = estimateCost(intent);
  return {
    template,
    strategy: outline.strategy,
    intent,
    goals,
    tasks,
    estimatedCost,
    estimatedSeconds: tasks.reduce(
      (sum, task) => sum + task.estimatedSeconds,
      0,
    ),
    risks: assessRisks(intent, tasks),
    preChecks: preChecks(intent, { estimatedCost, runtimes }),
    stages: [
      {
        stage: 'context',
        summary: `Understood a request to create ${intent.serviceName}`,
        details: evidence,
      },
      {
        stage: 'draft',
        summary: `${tasks.length} tasks in ${goals.length} goals`,
        details: [...outline.reasons],
      },
    ],
  };
}
