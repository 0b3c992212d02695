import type { PlanStrategy } from '@agentic-backstage/plugin-agentic-node';
import { matchPattern } from '../knowledge/patternLibrary';
import { draft } from '../steps/draft';
import { optimise } from '../steps/optimise';
import { understand } from '../steps/understand';
import { validate } from '../steps/validate';

/** A pattern is used as it is only where it fits in every respect. */
export const SCORE_NEEDED = 1;

/** Looks the request up in the library of proven patterns; refuses what no pattern fits. */
export const templateMatchingStrategy: PlanStrategy = {
  id: 'template-matching',
  title: 'Template matching: a proven pattern for a common request',
  createPlan(request) {
    const understood = understand(request);
    if (understood.status === 'refused') return understood;
    const { pattern, score } = matchPattern(understood.intent);
    if (score < SCORE_NEEDED) {
      return {
        status: 'refused',
        problems: [
          {
            field: 'template',
            message: `no proven pattern fits; the nearest, ${pattern.id}, scores ${score}`,
            remedy: 'Use the strategy hierarchical.',
          },
        ],
        questions: [],
      };
    }
    const outline = {
      strategy: 'template-matching',
      goals: pattern.goals.map(goal => ({ ...goal, goals: [] })),
      reasons: [
        `Strategy template-matching: pattern ${pattern.id} (${pattern.title}) scores ${score}`,
      ],
    };
    return {
      status: 'planned',
      draft: draft(understood, outline, request.runtimes),
    };
  },
  optimizePlan: optimise,
  validatePlan: validate,
};
