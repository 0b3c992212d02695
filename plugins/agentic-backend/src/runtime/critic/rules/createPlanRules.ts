import {
  createCriticRule,
  type CriticRule,
  type CriticSubject,
} from '@agentic-backstage/plugin-agentic-node';
import type { CriticSettings } from '../CriticSettings';

/** Ways to bring a change to its users step by step. */
const ROLLOUTS = ['rolling', 'blue-green', 'blue_green', 'canary', 'recreate'];

function hasRolloutPlan({ plan }: CriticSubject): boolean {
  return plan.tasks.some(({ input }) =>
    [input.strategy, input.rollout].some(
      value => typeof value === 'string' && ROLLOUTS.includes(value),
    ),
  );
}

/** What has to be true of the plan behind effects, before people are asked to let them happen. */
export function createPlanRules(
  settings: Pick<CriticSettings, 'unknownCost'>,
): readonly CriticRule[] {
  const costKnown = createCriticRule({
    id: 'plan.cost',
    title: 'The cost is known',
    review({ effects, plan, environment, production }) {
      if (effects.length === 0) {
        return [];
      }
      const unpriced = effects.filter(
        ({ estimatedCost }) => estimatedCost.status === 'unknown',
      );
      if (plan.estimatedCost.status !== 'unknown' && unpriced.length === 0) {
        return [];
      }
      return [
        {
          decision:
            settings.unknownCost[environment] ??
            (production ? 'block' : 'needs_person'),
          reason:
            unpriced.length > 0
              ? `What it costs is unknown for ${unpriced
                  .map(({ tool }) => tool)
                  .join(', ')}`
              : 'What the plan costs is unknown',
          remedy: 'Give the planner a price, or have a person take it over.',
        },
      ];
    },
  });

  const withinBudget = createCriticRule({
    id: 'plan.budget',
    title: 'The cost is within the budget that was given',
    review({ effects, plan }) {
      const { monthlyBudget } = plan.intent;
      const { monthly, currency } = plan.estimatedCost;
      return effects.length > 0 &&
        monthlyBudget !== undefined &&
        monthly !== undefined &&
        monthly > monthlyBudget
        ? [
            {
              decision: 'block',
              reason: `It would cost ${monthly.toFixed(
                2,
              )} ${currency} a month, and the budget is ${monthlyBudget}`,
              remedy: 'Raise the budget, or ask for less.',
            },
          ]
        : [];
    },
  });

  const checksPassed = createCriticRule({
    id: 'plan.checks',
    title: 'No check made beforehand has failed',
    review: ({ effects, plan }) =>
      effects.length === 0
        ? []
        : plan.preChecks
            .filter(({ result }) => result === 'failed')
            .map(({ title, evidence }) => ({
              decision: 'block' as const,
              reason: `The check '${title}' failed: ${evidence}`,
              remedy: 'Change the request so that the check passes.',
            })),
  });

  const rolloutPlanned = createCriticRule({
    id: 'plan.rollout',
    title: 'A change of production has a rollout plan',
    review: subject =>
      subject.production &&
      subject.effects.length > 0 &&
      !hasRolloutPlan(subject)
        ? [
            {
              decision: 'block',
              reason: `It changes ${subject.environment}, and no task says how the change reaches its users`,
              remedy: `Plan a deployment with a strategy: ${ROLLOUTS.join(
                ', ',
              )}.`,
            },
          ]
        : [],
  });

  const earlierOutputs = createCriticRule({
    id: 'plan.earlier-outputs',
    title: 'What it builds on was not objected to',
    review: ({ earlier }) =>
      earlier
        .filter(({ decision }) => decision !== 'approve')
        .map(({ taskId, decision, findings }) => ({
          decision: decision === 'block' ? 'block' : 'needs_person',
          reason: `About the output of ${taskId}: ${findings
            .filter(finding => finding.decision !== 'note')
            .map(({ reason }) => reason)
            .join('; ')}`,
          remedy: `Look at what ${taskId} gave before you sign.`,
        })),
  });

  return [
    costKnown,
    withinBudget,
    checksPassed,
    rolloutPlanned,
    earlierOutputs,
  ];
}
