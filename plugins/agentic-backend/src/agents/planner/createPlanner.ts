import type {
  Planner,
  PlanningRequest,
  PlanningResult,
} from '@agentic-backstage/plugin-agentic-node';
import { matchPattern } from './knowledge/patternLibrary';
import { understand } from './steps/understand';
import { hierarchicalStrategy } from './strategies/hierarchicalStrategy';
import {
  SCORE_NEEDED,
  templateMatchingStrategy,
} from './strategies/templateMatchingStrategy';

/**
 * The deterministic planner: no model, no network, no state; the same request gives the same plan.
 *
 * 1. gather context: words, form, template and defaults become an intent, or a refusal
 * 2. draft: a proven pattern where one fits exactly, hierarchical planning otherwise
 * 3. optimise: drop what keeps tasks from running at the same time
 * 4. validate: as strictly as a plan made by a stranger
 */
export function createPlanner(): Planner {
  return { plan: async request => planRequest(request) };
}

function planRequest(request: PlanningRequest): PlanningResult {
  const understood = understand(request);
  if (understood.status === 'refused') return understood;

  const { pattern, score } = matchPattern(understood.intent);
  const strategy =
    score >= SCORE_NEEDED ? templateMatchingStrategy : hierarchicalStrategy;
  const created = strategy.createPlan(request);
  if (created.status === 'refused') return created;

  const optimised = strategy.optimizePlan(created.draft);
  const problems = strategy.validatePlan(optimised);
  if (problems.length) return { status: 'refused', problems, questions: [] };

  return {
    status: 'planned',
    draft: {
      ...optimised,
      stages: [
        ...optimised.stages,
        {
          stage: 'validate',
          summary: 'Valid',
          details: [
            `Best pattern ${pattern.id} scores ${score}; planned with ${strategy.id}`,
            'Tasks, inputs, dependencies, goals, duration and pre-checks were checked',
          ],
        },
      ],
    },
  };
}
