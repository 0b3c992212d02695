import { DEFAULT_LOOP_RULES, detectLoop, type EffectTrace } from './detectLoop';

const NOW = new Date('2026-11-21T12:00:00.000Z');

function trace(
  kind: EffectTrace['kind'],
  change: Partial<EffectTrace> & { minutesAgo?: number } = {},
): EffectTrace {
  const { minutesAgo = 1, ...rest } = change;
  return {
    workflowId: 'wf-1',
    taskId: 't4',
    environment: 'staging',
    tool: 'process.deploy',
    digest: 'same',
    kind,
    at: new Date(NOW.getTime() - minutesAgo * 60_000).toISOString(),
    ...rest,
  };
}

const times = (
  count: number,
  make: (index: number) => EffectTrace | EffectTrace[],
): EffectTrace[] => Array.from({ length: count }, (_, i) => make(i)).flat();

const turn = (index: number): EffectTrace[] => [
  trace('confirmed', { digest: `d${index}`, minutesAgo: 60 }),
  trace('undone', { digest: `d${index}`, minutesAgo: 59 }),
];

describe('detectLoop', () => {
  it.each<[string, EffectTrace[], string | undefined]>([
    ['nothing happened yet', [], undefined],
    ['two failures', times(2, () => trace('failed')), undefined],
    ['three failures', times(3, () => trace('failed')), 'same_call'],
    [
      'failures and an undoing make three',
      [trace('failed'), trace('undone'), trace('failed')],
      'same_call',
    ],
    [
      'three failures long ago are still the same call',
      times(3, () => trace('failed', { minutesAgo: 60 * 24 * 30 })),
      'same_call',
    ],
    [
      'three failures with other parameters each',
      times(3, i => trace('failed', { digest: `d${i}` })),
      undefined,
    ],
    [
      'three failures of another tool',
      times(3, () => trace('failed', { tool: 'git.publish' })),
      undefined,
    ],
    [
      'a person asked for a retry after three failures',
      [...times(3, () => trace('failed')), trace('fresh_count')],
      undefined,
    ],
    [
      'three more failures after the person’s retry',
      [
        ...times(3, () => trace('failed')),
        trace('fresh_count'),
        ...times(3, () => trace('failed')),
      ],
      'same_call',
    ],
    ['done and undone twice', times(2, turn), undefined],
    ['done and undone three times', times(3, turn), 'flapping'],
    [
      'undone three times without having been done between',
      [
        ...turn(0),
        trace('undone', { digest: 'd1' }),
        trace('undone', { digest: 'd2' }),
      ],
      undefined,
    ],
    [
      'done and undone three times, but yesterday',
      times(3, i =>
        turn(i).map(each => ({ ...each, at: '2026-11-19T12:00:00.000Z' })),
      ),
      undefined,
    ],
    [
      'done and undone three times in another environment',
      times(3, i =>
        turn(i).map(each => ({ ...each, environment: 'development' })),
      ),
      undefined,
    ],
    [
      'nineteen failures of tasks in ten minutes',
      times(19, () => trace('task_failed', { digest: '' })),
      undefined,
    ],
    [
      'twenty failures of tasks in ten minutes',
      times(20, () => trace('task_failed', { digest: '' })),
      'retry_storm',
    ],
    [
      'twenty failures of tasks in twenty minutes',
      times(20, i => trace('task_failed', { digest: '', minutesAgo: i })),
      undefined,
    ],
  ])('%s', (_what, history, expected) => {
    const loop = detectLoop(
      history,
      { tool: 'process.deploy', digest: 'same', environment: 'staging' },
      { rules: DEFAULT_LOOP_RULES, now: NOW },
    );
    expect(loop?.kind).toBe(expected);
  });

  it('says what went round in circles', () => {
    const loop = detectLoop(
      times(3, () => trace('failed')),
      { tool: 'process.deploy', digest: 'same', environment: 'staging' },
      { rules: DEFAULT_LOOP_RULES, now: NOW },
    );
    expect(loop?.reason).toBe(
      "'process.deploy' with the same parameters failed or was undone 3 times",
    );
  });
});
