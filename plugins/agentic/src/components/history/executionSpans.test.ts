import { anApproval, aTask, BEN } from '../../__fixtures__/sampleDomain';
import { executionSpans } from './executionSpans';

const at = (seconds: number) => new Date(seconds * 1000).toISOString();

describe('executionSpans', () => {
  const asked = (from: number, decided?: number) =>
    anApproval({
      taskId: 't1',
      createdAt: at(from),
      expiresAt: at(500),
      status: decided === undefined ? 'open' : 'approved',
      decisions:
        decided === undefined
          ? []
          : [
              {
                decidedBy: BEN,
                role: 'final',
                decision: 'approve',
                reason: '',
                decidedAt: at(decided),
              },
            ],
    });

  it.each<
    [
      string,
      number | undefined,
      number | undefined,
      ReturnType<typeof asked>[],
      string[],
    ]
  >([
    ['a task that has not begun', undefined, undefined, [], []],
    ['a task that is done', 10, 20, [], ['work 10-20']],
    ['a task that goes on', 10, undefined, [], ['work 10-100']],
    [
      'a task that waited',
      10,
      60,
      [asked(20, 50)],
      ['work 10-20', 'waiting 20-50', 'work 50-60'],
    ],
    [
      'a task that waits',
      10,
      undefined,
      [asked(20)],
      ['work 10-20', 'waiting 20-100'],
    ],
    [
      'a task that was asked for twice',
      10,
      60,
      [asked(30, 40), asked(20, 35)],
      ['work 10-20', 'waiting 20-35', 'waiting 35-40', 'work 40-60'],
    ],
    [
      'an approval from before a retry',
      30,
      60,
      [asked(10, 20)],
      ['work 30-60'],
    ],
  ])('shows %s', (_, started, completed, approvals, spans) => {
    const [shown] = executionSpans(
      {
        tasks: [
          aTask({
            taskId: 't1',
            startedAt: started === undefined ? undefined : at(started),
            completedAt: completed === undefined ? undefined : at(completed),
          }),
        ],
        approvals,
      },
      100_000,
    );
    expect(
      shown.spans.map(
        ({ kind, from, to }) => `${kind} ${from / 1000}-${to / 1000}`,
      ),
    ).toEqual(spans);
  });
});
