import type { Effect } from '@agentic-backstage/plugin-agentic-common';
import { anEffect, sampleTasks } from '../../__fixtures__/sampleDomain';
import { describeRetry } from './describeRetry';

const failed = () =>
  sampleTasks().map(task =>
    task.taskId === 't4' ? { ...task, status: 'failed' as const } : task,
  );

const fateOf = (status: Effect['status']) =>
  describeRetry({ tasks: failed(), effects: [anEffect({ status })] }).effects[0]
    .fate;

describe('describeRetry', () => {
  it('says what runs again and what is kept', () => {
    const { again, kept } = describeRetry(
      { tasks: failed(), effects: [] },
      't3',
    );
    expect(again.map(({ taskId }) => taskId)).toEqual(['t3', 't4', 't5', 't6']);
    expect(kept.map(({ taskId }) => taskId)).toEqual(['t1', 't2']);
  });

  it.each([
    ['confirmed', 'not_repeated'],
    ['rolled_back', 'anew'],
    ['rollback_failed', 'anew'],
    ['proposed', 'anew'],
    ['unknown', 'looked_at'],
    ['failed', 'looked_at'],
  ] as const)('an effect that is %s is %s', (status, fate) => {
    expect(fateOf(status)).toBe(fate);
  });

  it('keeps the effects of tasks that do not run again', () => {
    const { effects } = describeRetry({
      tasks: failed(),
      effects: [anEffect({ taskId: 't1', status: 'confirmed' })],
    });
    expect(effects).toMatchObject([{ taskId: 't1', fate: 'kept' }]);
  });

  it('counts the last record of an effect', () => {
    const { effects } = describeRetry({
      tasks: failed(),
      effects: [
        anEffect({ effectId: 'e', status: 'rolled_back' }),
        anEffect({ effectId: 'e.r2', status: 'unknown' }),
      ],
    });
    expect(effects).toMatchObject([{ effectId: 'e.r2', fate: 'looked_at' }]);
  });
});
