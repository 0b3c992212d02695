import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { setTimeout as sleep } from 'node:timers/promises';
import { Dependency } from './Dependency';
import { DEFAULT_LIMITS, type DependencyLimits } from './dependencyLimits';
import { DependencyUnavailable } from './DependencyUnavailable';

const never = new AbortController().signal;
const outage = async (): Promise<never> => {
  throw new ServiceUnavailableError('no route to host');
};

function aDependency(limits: Partial<DependencyLimits> = {}) {
  const changes: string[] = [];
  const dependency = new Dependency({
    id: 'tool:git',
    kind: 'tool',
    limits: { ...DEFAULT_LIMITS, retries: 0, ...limits },
    firstBackoffMs: 20,
    onChange: ({ breaker }) => changes.push(breaker),
  });
  return { dependency, changes };
}

async function fail(dependency: Dependency, times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    await expect(dependency.look(outage, never)).rejects.toThrow();
  }
}

describe('Dependency', () => {
  it('opens after failures in a row, refuses without calling, and closes when one call works', async () => {
    const { dependency, changes } = aDependency({
      breakAfter: 3,
      openSeconds: 0.1,
    });
    await fail(dependency, 2);
    expect(dependency.state()).toMatchObject({
      breaker: 'closed',
      failures: 2,
    });
    await fail(dependency, 1);
    expect(dependency.state()).toMatchObject({
      breaker: 'open',
      failures: 3,
      nextTryAt: expect.any(String),
      lastFailure: { message: 'no route to host' },
    });

    let calls = 0;
    const call = async () => {
      calls += 1;
      return 'well';
    };
    const refused = await dependency.look(call, never).catch(error => error);
    expect(refused).toBeInstanceOf(DependencyUnavailable);
    expect(refused.message).toContain(
      "'tool:git' has failed 3 times in a row or more (last: no route to host)",
    );
    expect(refused.retryAt.getTime()).toBeLessThanOrEqual(Date.now() + 100);
    expect(calls).toBe(0);

    await sleep(110);
    expect(await dependency.look(call, never)).toBe('well');
    expect(changes).toEqual(['open', 'half_open', 'closed']);
    expect(dependency.state()).toMatchObject({
      breaker: 'closed',
      failures: 0,
    });
  });

  it('opens again when the one call that was let through fails', async () => {
    const { dependency, changes } = aDependency({
      breakAfter: 1,
      openSeconds: 0.05,
    });
    await fail(dependency, 1);
    await sleep(60);
    await fail(dependency, 1);
    expect(changes).toEqual(['open', 'half_open', 'open']);
  });

  it('opens again when the one call that was let through is given up', async () => {
    const { dependency, changes } = aDependency({
      breakAfter: 1,
      openSeconds: 0.05,
    });
    await fail(dependency, 1);
    await sleep(60);
    const stop = new AbortController();
    const looked = dependency.look(
      () => sleep(1000).then(() => 'late'),
      stop.signal,
    );
    stop.abort(new Error('cancelled'));
    await expect(looked).rejects.toThrow('cancelled');
    await sleep(5);
    expect(changes).toEqual(['open', 'half_open', 'open']);
  });

  it.each([
    ['a refusal', async () => Promise.reject(new InputError('bad name'))],
    ['an answer', async () => 'well'],
  ])('takes %s for a sign of life', async (_, call) => {
    const { dependency } = aDependency({ breakAfter: 3 });
    await fail(dependency, 2);
    await dependency.look<unknown>(call, never).catch(() => undefined);
    await fail(dependency, 2);
    expect(dependency.state().breaker).toBe('closed');
  });

  it('does not count what the caller gave up', async () => {
    const { dependency } = aDependency({ breakAfter: 1 });
    const stop = new AbortController();
    const looked = dependency.look(
      signal => sleep(1000, 'late', { signal }),
      stop.signal,
    );
    stop.abort(new Error('cancelled'));
    await expect(looked).rejects.toThrow('cancelled');
    expect(dependency.state()).toMatchObject({
      breaker: 'closed',
      failures: 0,
    });
  });

  it('cuts off a look that takes too long, tells it so, and counts it', async () => {
    const { dependency } = aDependency({ timeoutSeconds: 0.03 });
    let told = false;
    const looked = dependency.look(async signal => {
      signal.addEventListener('abort', () => (told = true));
      await sleep(500);
    }, never);
    await expect(looked).rejects.toThrow(
      "'tool:git' did not answer within 0.03 s",
    );
    expect(told).toBe(true);
    expect(dependency.state().failures).toBe(1);
  });

  it('tries a look again after an outage, with growing pauses that differ by chance', async () => {
    const { dependency } = aDependency({ retries: 3, breakAfter: 10 });
    const at: number[] = [];
    const answer = await dependency.look(async () => {
      at.push(performance.now());
      return at.length < 4 ? outage() : 'well';
    }, never);
    expect(answer).toBe('well');
    const pauses = at.slice(1).map((time, index) => time - at[index]);
    // 20, 40 and 80 ms, each shortened by up to half; timers may be late, never early by more than 1 ms.
    expect(pauses[0]).toBeGreaterThanOrEqual(9);
    expect(pauses[1]).toBeGreaterThanOrEqual(19);
    expect(pauses[2]).toBeGreaterThanOrEqual(39);
  });

  it('does not try a refused look again', async () => {
    const { dependency } = aDependency({ retries: 3 });
    let calls = 0;
    await expect(
      dependency.look(async () => {
        calls += 1;
        throw new InputError('bad name');
      }, never),
    ).rejects.toThrow('bad name');
    expect(calls).toBe(1);
  });

  it('never tries a change again', async () => {
    const { dependency } = aDependency({ retries: 3 });
    let calls = 0;
    await expect(
      dependency.change(async () => {
        calls += 1;
        return outage();
      }, never),
    ).rejects.toThrow('no route to host');
    expect(calls).toBe(1);
  });

  it('waits for a change that is under way although it should stop', async () => {
    const { dependency } = aDependency();
    const stop = new AbortController();
    let done = false;
    const made = dependency.change(async () => {
      await sleep(50);
      done = true;
      return 'made';
    }, stop.signal);
    await sleep(5);
    stop.abort(new Error('stopped'));
    expect(await made).toBe('made');
    expect(done).toBe(true);
  });

  it('ends a change that waits for its turn at once, and never makes it', async () => {
    const { dependency } = aDependency({ concurrency: 1 });
    const first = dependency.change(() => sleep(60, 'made'), never);
    const stop = new AbortController();
    let calls = 0;
    const second = dependency.change(async () => {
      calls += 1;
    }, stop.signal);
    await sleep(5);
    expect(dependency.state()).toMatchObject({ running: 1, queued: 1 });
    const stopped = performance.now();
    stop.abort(new Error('stopped'));
    await expect(second).rejects.toThrow('stopped');
    expect(performance.now() - stopped).toBeLessThan(40);
    expect(await first).toBe('made');
    await sleep(5);
    expect(calls).toBe(0);
  });

  it('calls nothing for somebody who has given up already', async () => {
    const { dependency } = aDependency();
    let calls = 0;
    const call = async () => {
      calls += 1;
    };
    const given = AbortSignal.abort(new Error('stopped before'));
    await expect(dependency.look(call, given)).rejects.toThrow(
      'stopped before',
    );
    await expect(dependency.change(call, given)).rejects.toThrow(
      'stopped before',
    );
    expect(calls).toBe(0);
  });

  it('takes no more calls than it has places and a queue for', async () => {
    const { dependency } = aDependency({ concurrency: 2, queue: 1 });
    let running = 0;
    let most = 0;
    const call = async () => {
      running += 1;
      most = Math.max(most, running);
      await sleep(20);
      running -= 1;
    };
    const looks = [1, 2, 3, 4].map(() => dependency.look(call, never));
    const ends = await Promise.allSettled(looks);
    expect(ends.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
    ]);
    expect(ends[3]).toMatchObject({
      reason: expect.any(DependencyUnavailable),
    });
    expect(most).toBe(2);
    expect(dependency.state().breaker).toBe('closed');
  });
});
