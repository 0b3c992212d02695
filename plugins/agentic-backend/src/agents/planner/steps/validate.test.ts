import type { PlanDraft } from '@agentic-backstage/plugin-agentic-node';
import { aDraft } from '../__fixtures__/aDraft';
import { optimise } from './optimise';
import { validate } from './validate';

describe('validate', () => {
  it('has nothing against a plan of our own', () => {
    expect(validate(optimise(aDraft()))).toEqual([]);
  });

  it.each<[string, (plan: PlanDraft) => void, RegExp]>([
    ['a cycle', plan => plan.tasks[3].dependsOn.push('t5'), /dependsOn/],
    [
      'a task that waits for itself',
      plan => plan.tasks[0].dependsOn.push('t1'),
      /dependsOn/,
    ],
    [
      'a dependency on nothing',
      plan => plan.tasks[3].dependsOn.push('t9'),
      /dependsOn/,
    ],
    [
      'a gap in the ids',
      plan => {
        plan.tasks[5].taskId = 't7';
      },
      /taskId/,
    ],
    [
      'two tasks with one id',
      plan => {
        plan.tasks[1].taskId = 't1';
      },
      /taskId/,
    ],
    [
      'an agent that takes no tasks',
      plan => {
        plan.tasks[0].agent = 'stranger';
      },
      /agent/,
    ],
    [
      'an agent named after an object member',
      plan => {
        plan.tasks[0].agent = 'constructor';
      },
      /agent/,
    ],
    [
      'an input of another agent',
      plan => {
        plan.tasks[0].input = { check: 'health' };
      },
      /input/,
    ],
    [
      'an input with more in it',
      plan => {
        plan.tasks[0].input = { part: 'pipeline', shell: 'x' };
      },
      /input/,
    ],
    [
      'a goal that is not there',
      plan => {
        plan.tasks[0].goal = 'nowhere';
      },
      /goals/,
    ],
    [
      'a goal inside itself',
      plan => {
        plan.goals[0].goals.push(plan.goals[0].id);
      },
      /goals/,
    ],
    [
      'too short a duration',
      plan => {
        plan.estimatedSeconds = 1;
      },
      /estimatedSeconds/,
    ],
    [
      'no tasks',
      plan => {
        plan.tasks.length = 0;
      },
      /tasks/,
    ],
    [
      'a hostile name',
      plan => {
        plan.intent.serviceName = '../x';
      },
      /parameters.serviceName/,
    ],
    [
      'a failed pre-check',
      plan => {
        plan.preChecks[0].result = 'failed';
      },
      /preChecks/,
    ],
  ])('finds %s', (_, spoil, field) => {
    const plan = structuredClone(optimise(aDraft()));
    spoil(plan);

    expect(validate(plan).map(problem => problem.field)).toContainEqual(
      expect.stringMatching(field),
    );
  });
});
