import { aRequest } from '../__fixtures__/aRequest';
import { hierarchicalStrategy } from './hierarchicalStrategy';
import { templateMatchingStrategy } from './templateMatchingStrategy';

const strategies = [hierarchicalStrategy, templateMatchingStrategy];
const REFERENCE =
  'Create a new microservice called user-service with REST API, PostgreSQL, and deploy to staging';

describe.each(strategies)('strategy $id', strategy => {
  it('plans the six tasks of the reference request', () => {
    const result = strategy.createPlan(aRequest({ description: REFERENCE }));
    if (result.status === 'refused') throw new Error(JSON.stringify(result));
    const plan = strategy.optimizePlan(result.draft);

    expect(strategy.validatePlan(plan)).toEqual([]);
    expect(plan.strategy).toBe(strategy.id);
    expect(plan.tasks.map(({ agent }) => agent)).toEqual([
      'codegen',
      'codegen',
      'codegen',
      'deployment',
      'policy',
      'observability',
    ]);
  });

  it('refuses what cannot be understood', () => {
    expect(
      strategy.createPlan(aRequest({ description: 'frobnicate' })),
    ).toMatchObject({ status: 'refused' });
  });
});

describe('hierarchicalStrategy', () => {
  it('nests sub-goals down to the tasks', () => {
    const result = hierarchicalStrategy.createPlan(
      aRequest({ description: REFERENCE }),
    );
    if (result.status === 'refused') throw new Error(JSON.stringify(result));
    const goals = new Map(result.draft.goals.map(goal => [goal.id, goal]));
    const tasksBelow = (id: string): string[] => {
      const goal = goals.get(id);
      return [
        ...(goal?.taskIds ?? []),
        ...(goal?.goals ?? []).flatMap(tasksBelow),
      ];
    };

    expect(goals.get('service')?.goals).toEqual([
      'code',
      'running',
      'assurance',
    ]);
    expect(tasksBelow('service')).toEqual(['t1', 't2', 't3', 't4', 't5', 't6']);
  });
});

describe('templateMatchingStrategy', () => {
  it('refuses what no pattern fits exactly, with the score', () => {
    const result = templateMatchingStrategy.createPlan(
      aRequest({
        parameters: {
          serviceName: 'user-service',
          database: 'postgresql',
          highAvailability: true,
        },
      }),
    );

    expect(result).toMatchObject({
      status: 'refused',
      problems: [{ message: expect.stringContaining('scores 0.9') }],
    });
  });
});
