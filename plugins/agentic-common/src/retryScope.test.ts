import { mayRetryIn, retryScope, type RetriableTask } from './retryScope';
import type { TaskStatus } from './states';

/** A diamond with a tail: t1 and t2 side by side, t3 after both, t4 and t5 after it, one by one. */
function tasks(statuses: readonly TaskStatus[]): RetriableTask[] {
  const after = [[], [], ['t1', 't2'], ['t3'], ['t4']];
  return statuses.map((status, index) => ({
    taskId: `t${index + 1}`,
    status,
    dependsOn: after[index],
  }));
}

const ids = (of: readonly RetriableTask[]) =>
  of.map(({ taskId }) => taskId).join(' ');

describe('retryScope', () => {
  it.each<
    [string, TaskStatus[], string | undefined, again: string, kept: string]
  >([
    [
      'only what failed and what never ran',
      ['completed', 'completed', 'completed', 'failed', 'pending'],
      undefined,
      't4 t5',
      't1 t2 t3',
    ],
    [
      'what was undone, and what stands on it',
      ['completed', 'completed', 'rolled_back', 'completed', 'failed'],
      undefined,
      't3 t4 t5',
      't1 t2',
    ],
    [
      'a completed task that is named, and what stands on it',
      ['completed', 'completed', 'completed', 'completed', 'failed'],
      't3',
      't3 t4 t5',
      't1 t2',
    ],
    [
      'the first task: its sibling is kept',
      ['completed', 'completed', 'completed', 'failed', 'cancelled'],
      't1',
      't1 t3 t4 t5',
      't2',
    ],
    [
      'a failed sibling of the named task as well: without it nothing could be completed',
      ['completed', 'failed', 'cancelled', 'cancelled', 'cancelled'],
      't5',
      't2 t3 t4 t5',
      't1',
    ],
  ])('runs again: %s', (_what, statuses, fromTask, again, kept) => {
    const scope = retryScope(tasks(statuses), fromTask);
    expect([ids(scope.again), ids(scope.kept)]).toEqual([again, kept]);
  });

  it('follows dependencies whatever the order of the tasks', () => {
    const reversed = tasks([
      'failed',
      'completed',
      'completed',
      'completed',
      'completed',
    ]).reverse();
    expect(ids(retryScope(reversed).again)).toBe('t5 t4 t3 t1');
  });
});

describe('mayRetryIn', () => {
  it.each([
    ['failed', undefined, true],
    ['rolled_back', undefined, true],
    ['cancelled', undefined, false],
    ['cancelled', 't1', true],
    ['completed', 't1', false],
    ['running', 't1', false],
  ] as const)('%s, from %s: %s', (phase, fromTask, may) => {
    expect(mayRetryIn(phase, fromTask)).toBe(may);
  });
});
