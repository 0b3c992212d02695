import type { Probe } from '../schema';
import { judgeHealth } from './judgeHealth';

const probe = (overrides: Partial<Probe>): Probe => ({
  healthy: true,
  ready: true,
  evidence: 'fine',
  ...overrides,
});

describe('judgeHealth', () => {
  it.each<[string, Probe[], string[], string]>([
    ['nothing was asked', [], [], 'unhealthy'],
    ['all is well', [probe({}), probe({})], [], 'healthy'],
    [
      'one probe failed',
      [probe({}), probe({ healthy: false })],
      [],
      'unhealthy',
    ],
    [
      'one was not ready',
      [probe({ ready: false }), probe({})],
      [],
      'unhealthy',
    ],
    ['the log has an error', [probe({})], ['ERROR'], 'unhealthy'],
  ])('when %s', (_, samples, errorLines, status) => {
    expect(judgeHealth(samples, errorLines).status).toBe(status);
  });

  it.each<[(number | undefined)[], number | undefined, number | undefined]>([
    [[5, 1, 3], 3, 5],
    [[4, 1, 3, 2], 2.5, 4],
    [[undefined, 7], 7, 7],
    [[undefined], undefined, undefined],
  ])('takes the median and the maximum of %j', (latencies, p50Ms, maxMs) => {
    expect(
      judgeHealth(
        latencies.map(latencyMs => probe({ latencyMs })),
        [],
      ),
    ).toMatchObject({ p50Ms, maxMs });
  });
});
