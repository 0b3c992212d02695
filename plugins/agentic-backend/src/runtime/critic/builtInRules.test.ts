import type {
  CriticEffect,
  CriticSubject,
} from '@agentic-backstage/plugin-agentic-node';
import {
  aCriticArtifact,
  aCriticEffect,
  aCriticSubject,
  aCriticVerdict,
} from '../../__testUtils__/criticSubject';
import { builtInRules } from './builtInRules';
import { DEFAULT_CRITIC_SETTINGS } from './CriticSettings';
import { reviewSubject } from './reviewSubject';

const rules = builtInRules(DEFAULT_CRITIC_SETTINGS);
const thinker = {
  id: 'thinker',
  version: '1.0.0',
  lane: 'read_only',
  artifacts: 'required',
} as const;
const code = ['src/server.ts', 'test/server.test.ts', 'README.md'];
const unknownCost: Pick<CriticEffect, 'estimatedCost'> = {
  estimatedCost: { status: 'unknown', currency: 'USD', lines: [] },
};
const withTask = (input: Record<string, unknown>) => {
  const { plan } = aCriticSubject();
  return { tasks: [{ ...plan.tasks[0], input }] };
};
const severe = {
  decision: 'needs_review' as const,
  reasons: [],
  evaluators: [],
  violations: [
    { rule: 'x', severity: 'critical' as const, message: 'a key is in it' },
  ],
};
const output = (change: Partial<CriticSubject> = {}) =>
  aCriticSubject({
    stage: 'output',
    agent: thinker,
    artifacts: [aCriticArtifact(...code)],
    output: { did: 'thought' },
    ...change,
  });

describe('the built-in rules of the critic', () => {
  it.each([
    [
      'sound effects in development',
      aCriticSubject({ environment: 'development' }),
    ],
    ['sound effects in staging', aCriticSubject()],
    [
      'sound effects in production',
      aCriticSubject({ environment: 'production' }),
    ],
    ['an output with code and tests', output()],
    [
      'an output with code and tests in production',
      output({ environment: 'production' }),
    ],
    [
      'files that are no code',
      output({ artifacts: [aCriticArtifact('main.tf', '.gitlab-ci.yml')] }),
    ],
    [
      'an agent that need not give an artifact',
      output({ agent: { ...thinker, artifacts: undefined }, artifacts: [] }),
    ],
    [
      'an artifact that it names and made',
      output({ output: { artifactId: aCriticArtifact().artifactId } }),
    ],
    [
      'no way back from something small that is written down as a strategy',
      aCriticSubject({
        effects: [
          aCriticEffect({
            rollbackStrategy: 'Stop it and start the version before',
          }),
        ],
      }),
    ],
    [
      'an earlier output without objection',
      aCriticSubject({ earlier: [aCriticVerdict()] }),
    ],
  ])('approve %s', async (_what, subject) => {
    expect(await reviewSubject(rules, subject)).toMatchObject({
      decision: 'approve',
      findings: [],
    });
  });

  it.each<[string, CriticSubject, string, string]>([
    ['no artifact', output({ artifacts: [] }), 'block', 'output.artifacts'],
    [
      'an artifact without files',
      output({ artifacts: [aCriticArtifact()] }),
      'block',
      'output.artifacts',
    ],
    [
      'an artifact it did not make',
      output({ output: { artifactId: '0'.repeat(64) } }),
      'block',
      'output.artifacts',
    ],
    [
      'an artifact it did not make, of an agent that need not give one',
      output({
        agent: { ...thinker, artifacts: undefined },
        output: { artifactId: '0'.repeat(64) },
      }),
      'block',
      'output.artifacts',
    ],
    [
      'code without tests in development',
      output({
        environment: 'development',
        artifacts: [aCriticArtifact('src/a.ts')],
      }),
      'needs_person',
      'output.tests',
    ],
    [
      'code without tests in staging',
      output({ artifacts: [aCriticArtifact('main.go')] }),
      'needs_person',
      'output.tests',
    ],
    [
      'code without tests in production',
      output({
        environment: 'production',
        artifacts: [aCriticArtifact('app.py')],
      }),
      'block',
      'output.tests',
    ],
    [
      'a dry run without changes',
      aCriticSubject({
        effects: [
          aCriticEffect({
            dryRun: { summary: 'trust me', changes: [], warnings: [] },
          }),
        ],
      }),
      'block',
      'effects.dry-run',
    ],
    [
      'one dry run of two without changes',
      aCriticSubject({
        effects: [
          aCriticEffect(),
          aCriticEffect({
            effectId: 'e2',
            dryRun: { summary: '', changes: [], warnings: [] },
          }),
        ],
      }),
      'block',
      'effects.dry-run',
    ],
    [
      'what policy denies',
      aCriticSubject({
        effects: [
          aCriticEffect({
            verdict: { ...severe, decision: 'deny', violations: [] },
          }),
        ],
      }),
      'block',
      'effects.denied',
    ],
    [
      'a severe finding',
      aCriticSubject({ effects: [aCriticEffect({ verdict: severe })] }),
      'needs_person',
      'effects.severe-findings',
    ],
    [
      'no rollback of something for one service',
      aCriticSubject({
        effects: [aCriticEffect({ rollbackStrategy: 'None' })],
      }),
      'needs_person',
      'effects.rollback',
    ],
    ...(['environment', 'organisation'] as const).map(
      scope =>
        [
          `no rollback of something for the ${scope}`,
          aCriticSubject({
            effects: [
              aCriticEffect({
                rollbackStrategy: 'It cannot be undone.',
                blastRadius: { scope, destructive: false, description: 'much' },
              }),
            ],
          }),
          'block',
          'effects.rollback',
        ] as [string, CriticSubject, string, string],
    ),
    [
      'an empty rollback strategy',
      aCriticSubject({ effects: [aCriticEffect({ rollbackStrategy: ' ' })] }),
      'needs_person',
      'effects.rollback',
    ],
    [
      'a plan of unknown cost in staging',
      aCriticSubject({ planChange: unknownCost }),
      'needs_person',
      'plan.cost',
    ],
    [
      'a plan of unknown cost in production',
      aCriticSubject({ environment: 'production', planChange: unknownCost }),
      'block',
      'plan.cost',
    ],
    [
      'a plan of unknown cost in an environment kept as production',
      aCriticSubject({
        environment: 'live',
        production: true,
        planChange: unknownCost,
      }),
      'block',
      'plan.cost',
    ],
    [
      'an effect of unknown cost',
      aCriticSubject({ effects: [aCriticEffect(unknownCost)] }),
      'needs_person',
      'plan.cost',
    ],
    [
      'a cost above the budget',
      aCriticSubject({
        planChange: {
          intent: { ...aCriticSubject().plan.intent, monthlyBudget: 10 },
          estimatedCost: {
            status: 'known',
            currency: 'USD',
            monthly: 11,
            lines: [],
          },
        },
      }),
      'block',
      'plan.budget',
    ],
    [
      'a check that failed',
      aCriticSubject({
        planChange: {
          preChecks: [
            {
              id: 'security',
              title: 'Security',
              result: 'failed',
              evidence: 'open to all',
            },
          ],
        },
      }),
      'block',
      'plan.checks',
    ],
    [
      'production without a rollout plan',
      aCriticSubject({ environment: 'production', planChange: withTask({}) }),
      'block',
      'plan.rollout',
    ],
    [
      'production with a made-up strategy',
      aCriticSubject({
        environment: 'production',
        planChange: withTask({ strategy: 'yolo' }),
      }),
      'block',
      'plan.rollout',
    ],
    [
      'an earlier output that a person should see',
      aCriticSubject({
        earlier: [aCriticVerdict({ decision: 'needs_person' })],
      }),
      'needs_person',
      'plan.earlier-outputs',
    ],
    [
      'an earlier output that was blocked',
      aCriticSubject({ earlier: [aCriticVerdict({ decision: 'block' })] }),
      'block',
      'plan.earlier-outputs',
    ],
  ])('object to %s', async (_what, subject, decision, rule) => {
    const review = await reviewSubject(rules, subject);
    expect(review.decision).toBe(decision);
    expect(review.findings.map(finding => finding.rule)).toEqual([rule]);
  });

  it('note an unknown cost in development and hold nothing up', async () => {
    const subject = aCriticSubject({
      environment: 'development',
      planChange: unknownCost,
    });
    expect(await reviewSubject(rules, subject)).toMatchObject({
      decision: 'approve',
      findings: [{ rule: 'plan.cost', decision: 'note' }],
    });
  });

  it('take what an unknown cost means from the settings', async () => {
    const strict = builtInRules({ unknownCost: { staging: 'block' } });
    const subject = aCriticSubject({ planChange: unknownCost });
    expect(await reviewSubject(strict, subject)).toMatchObject({
      decision: 'block',
    });
  });
});
