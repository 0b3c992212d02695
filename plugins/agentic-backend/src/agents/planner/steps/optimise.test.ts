import { aDraft } from '../__fixtures__/aDraft';
import { criticalSeconds, optimise } from './optimise';

describe('optimise', () => {
  it('lets tasks run at the same time that read nothing of each other', () => {
    const before = aDraft();
    const after = optimise(before);

    expect(before.tasks.map(({ dependsOn }) => dependsOn.length)).toEqual([
      0, 1, 2, 3, 4, 5,
    ]);
    expect(after.tasks.map(({ dependsOn }) => dependsOn.length)).toEqual([
      0, 0, 0, 3, 4, 1,
    ]);
    expect(after.estimatedSeconds).toBeLessThan(before.estimatedSeconds);
    expect(after.tasks.map(({ priority }) => priority)).toEqual([
      1, 1, 1, 2, 3, 3,
    ]);
  });

  it('says what it has dropped', () => {
    expect(optimise(aDraft()).stages.at(-1)).toMatchObject({
      stage: 'optimise',
      summary: expect.stringContaining('7 dependencies dropped'),
    });
  });

  it('changes nothing the second time', () => {
    const once = optimise(aDraft());

    expect(optimise(once).tasks).toEqual(once.tasks);
  });

  it('keeps every dependency of an agent it does not know', () => {
    const plan = aDraft();
    plan.tasks[5].agent = 'stranger';

    expect(optimise(plan).tasks[5].dependsOn).toHaveLength(5);
  });

  it('leaves a cycle to the validation', () => {
    const plan = optimise(aDraft());
    plan.tasks[3].dependsOn = ['t5'];

    expect(criticalSeconds(plan.tasks)).toBe(Number.POSITIVE_INFINITY);
    expect(Number.isFinite(optimise(plan).estimatedSeconds)).toBe(true);
  });
});
