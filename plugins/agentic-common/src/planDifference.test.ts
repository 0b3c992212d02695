import type { Plan } from './plan';
import { planDifference, planDiffers } from './planDifference';

function aPlan(change: Partial<Plan> = {}): Plan {
  const task = (taskId: string, title: string) => ({
    taskId,
    agent: 'codegen',
    title,
    goal: 'g1',
    dependsOn: [],
    priority: 1,
    estimatedSeconds: 5,
    input: { part: 'repository' },
    policy: {
      maxAttempts: 3,
      initialBackoffSeconds: 1,
      maxBackoffSeconds: 30,
      timeoutSeconds: 60,
    },
  });
  return {
    planId: 'p1',
    version: 1,
    planHash: 'a'.repeat(64),
    createdAt: '2026-01-01T00:00:00.000Z',
    template: 'service',
    strategy: 'template-matching',
    intent: {
      type: 'create-service',
      serviceName: 'orders',
      description: 'Orders',
      owner: 'group:default/payments',
      language: 'nodejs',
      pattern: 'rest-api',
      database: 'none',
      environment: 'staging',
      port: 8080,
      highAvailability: false,
      origins: { serviceName: 'form' },
    },
    goals: [],
    tasks: [task('t1', 'Generate'), task('t2', 'Deploy')],
    estimatedCost: {
      status: 'known',
      currency: 'USD',
      monthly: 10,
      lines: [],
    },
    estimatedSeconds: 60,
    risks: [
      {
        id: 'r1',
        title: 'Slow start',
        severity: 'low',
        likelihood: 'low',
        mitigation: 'wait',
        taskIds: [],
      },
    ],
    preChecks: [
      { id: 'budget', title: 'Budget', result: 'passed', evidence: 'none' },
    ],
    stages: [],
    ...change,
  };
}

const before = aPlan();
const [generate, deploy] = before.tasks;

describe('planDifference', () => {
  it.each([
    ['the same plan', before],
    [
      'another id, version and time',
      aPlan({
        planId: 'p2',
        version: 2,
        createdAt: '2027-01-01T00:00:00.000Z',
      }),
    ],
    [
      'another origin of the same value',
      aPlan({ intent: { ...before.intent, origins: { port: 'words' } } }),
    ],
    [
      'the same input with its keys in another order',
      aPlan({
        tasks: [
          { ...generate, input: { part: 'repository' } },
          { ...deploy, policy: { ...deploy.policy } },
        ],
      }),
    ],
  ])('is empty for %s', (_what, after) => {
    expect(planDiffers(planDifference(before, after))).toBe(false);
  });

  it.each([
    [
      'another environment',
      aPlan({ intent: { ...before.intent, environment: 'production' } }),
      {
        intent: [
          { field: 'environment', before: 'staging', after: 'production' },
        ],
      },
    ],
    [
      'a budget that was not there',
      aPlan({ intent: { ...before.intent, monthlyBudget: 50 } }),
      { intent: [{ field: 'monthlyBudget', after: '50' }] },
    ],
    [
      'a task more',
      aPlan({ tasks: [generate, deploy, { ...deploy, taskId: 't3' }] }),
      { tasksAdded: [{ taskId: 't3', agent: 'codegen', title: 'Deploy' }] },
    ],
    [
      'a task less',
      aPlan({ tasks: [generate] }),
      { tasksRemoved: [{ taskId: 't2', agent: 'codegen', title: 'Deploy' }] },
    ],
    [
      'another input',
      aPlan({ tasks: [generate, { ...deploy, input: { part: 'pipeline' } }] }),
      {
        tasksChanged: [
          {
            taskId: 't2',
            title: 'Deploy',
            fields: [
              { field: 'input.part', before: 'repository', after: 'pipeline' },
            ],
          },
        ],
      },
    ],
    [
      'another order',
      aPlan({ tasks: [generate, { ...deploy, dependsOn: ['t1'] }] }),
      {
        tasksChanged: [
          {
            taskId: 't2',
            title: 'Deploy',
            fields: [{ field: 'dependsOn', before: '[]', after: '["t1"]' }],
          },
        ],
      },
    ],
    [
      'another time limit',
      aPlan({
        tasks: [
          generate,
          { ...deploy, policy: { ...deploy.policy, timeoutSeconds: 90 } },
        ],
      }),
      {
        tasksChanged: [
          {
            taskId: 't2',
            title: 'Deploy',
            fields: [
              { field: 'policy.timeoutSeconds', before: '60', after: '90' },
            ],
          },
        ],
      },
    ],
    [
      'another cost',
      aPlan({
        estimatedCost: { status: 'unknown', currency: 'USD', lines: [] },
      }),
      {
        estimates: [
          {
            field: 'cost',
            before: '10.00 USD a month (known)',
            after: 'unknown',
          },
        ],
      },
    ],
    [
      'a risk that went',
      aPlan({ risks: [] }),
      { risksRemoved: ['Slow start (low, likelihood low)'] },
    ],
    [
      'a check that failed',
      aPlan({
        preChecks: [
          { id: 'budget', title: 'Budget', result: 'failed', evidence: 'over' },
        ],
      }),
      {
        checks: [
          { field: 'budget', before: 'passed: none', after: 'failed: over' },
        ],
      },
    ],
  ])('names %s and nothing else', (_what, after, expected) => {
    expect(planDifference(before, after)).toEqual({
      intent: [],
      tasksAdded: [],
      tasksRemoved: [],
      tasksChanged: [],
      estimates: [],
      risksAdded: [],
      risksRemoved: [],
      checks: [],
      ...expected,
    });
  });

  it('is the other way round for plans the other way round', () => {
    const after = aPlan({ tasks: [generate], risks: [] });
    const there = planDifference(before, after);
    const back = planDifference(after, before);
    expect(back.tasksAdded).toEqual(there.tasksRemoved);
    expect(back.risksAdded).toEqual(there.risksRemoved);
  });
});
