import type { Intent } from '@agentic-backstage/plugin-agentic-common';
import type { PlanStrategy } from '@agentic-backstage/plugin-agentic-node';
import { titleOf } from '../knowledge/capabilities';
import { draft, type GoalOutline } from '../steps/draft';
import { optimise } from '../steps/optimise';
import { understand } from '../steps/understand';
import { validate } from '../steps/validate';

/** Breaks the goal into sub-goals until each is reached by tasks of one agent. */
function decompose(intent: Intent): GoalOutline {
  const leaf = (
    id: string,
    title: string,
    ...tasks: GoalOutline['tasks']
  ): GoalOutline => ({ id, title, tasks, goals: [] });
  const database = titleOf(intent.database);
  const parts = [
    leaf(
      'repository',
      `A repository for a ${titleOf(intent.pattern)} on ${titleOf(
        intent.language,
      )}`,
      'repository',
    ),
    ...(intent.database === 'none'
      ? []
      : [
          leaf(
            'infrastructure',
            intent.highAvailability
              ? `${database} with a standby in a second zone, as Terraform`
              : `${database} as Terraform`,
            'infrastructure',
          ),
        ]),
    leaf('pipeline', 'Pipelines that build and test it', 'pipeline'),
  ];
  return {
    id: 'service',
    title: `${intent.serviceName} runs in ${intent.environment} and is verified`,
    tasks: [],
    goals: [
      {
        id: 'code',
        title: 'Everything the service needs exists as files',
        tasks: [],
        goals: parts,
      },
      leaf(
        'running',
        `The service runs in ${intent.environment}`,
        'deployment',
      ),
      {
        id: 'assurance',
        title: 'The service is known to be compliant and healthy',
        tasks: [],
        goals: [
          leaf('compliance', 'A report on its compliance', 'compliance'),
          leaf('health', 'Its health is measured', 'health'),
        ],
      },
    ],
  };
}

/** Goal, sub-goals, tasks: works for every request that can be understood. */
export const hierarchicalStrategy: PlanStrategy = {
  id: 'hierarchical',
  title: 'Hierarchical planning: goals, sub-goals, tasks',
  createPlan(request) {
    const understood = understand(request);
    if (understood.status === 'refused') return understood;
    const outline = {
      strategy: 'hierarchical',
      goals: [decompose(understood.intent)],
      reasons: ['Strategy hierarchical: the goal was broken into sub-goals'],
    };
    return {
      status: 'planned',
      draft: draft(understood, outline, request.runtimes),
    };
  },
  optimizePlan: optimise,
  validatePlan: validate,
};
