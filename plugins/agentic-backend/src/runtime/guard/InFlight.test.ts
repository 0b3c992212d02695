import { setTimeout as sleep } from 'node:timers/promises';
import { InFlight } from './InFlight';

const never = new AbortController().signal;

describe('InFlight', () => {
  it('begins the same effect only after it has ended, however that was', async () => {
    const inFlight = new InFlight();
    const order: string[] = [];
    const first = inFlight.run('wf-1.t1.repo', never, async () => {
      order.push('first begins');
      await sleep(40);
      order.push('first ends');
      throw new Error('it failed');
    });
    const second = inFlight.run('wf-1.t1.repo', never, async () => {
      order.push('second begins');
    });
    const other = inFlight.run('wf-1.t1.process', never, async () => {
      order.push('another begins');
    });
    await expect(first).rejects.toThrow('it failed');
    await Promise.all([second, other]);
    expect(order).toEqual([
      'first begins',
      'another begins',
      'first ends',
      'second begins',
    ]);
  });

  it('does not begin for somebody who has given up waiting', async () => {
    const inFlight = new InFlight();
    const first = inFlight.run('wf-1.t1.repo', never, () => sleep(60));
    const stop = new AbortController();
    let begun = false;
    const second = inFlight.run('wf-1.t1.repo', stop.signal, async () => {
      begun = true;
    });
    stop.abort(new Error('stopped'));
    await expect(second).rejects.toThrow('stopped');
    await first;
    await sleep(10);
    expect(begun).toBe(false);
  });

  it.each([
    ['until the work has ended', 1000, true],
    ['not longer than its patience', 20, false],
  ])('waits for the work of a task %s', async (_, patience, ended) => {
    const inFlight = new InFlight();
    let done = false;
    const work = inFlight.run('wf-1.t1.repo', never, async () => {
      await sleep(60);
      done = true;
    });
    await inFlight.quiet('wf-1.t1', patience);
    expect(done).toBe(ended);
    await work;
  });

  it('does not wait for the work of another task', async () => {
    const inFlight = new InFlight();
    const work = inFlight.run('wf-1.t10.repo', never, () => sleep(60));
    const began = performance.now();
    await inFlight.quiet('wf-1.t1', 1000);
    expect(performance.now() - began).toBeLessThan(40);
    await work;
  });
});
