import { setTimeout as sleep } from 'node:timers/promises';
import { Slots } from './Slots';

describe('Slots', () => {
  it('runs no more at a time than it has, in order, and goes on after a failure', async () => {
    const slots = new Slots(2);
    const order: number[] = [];
    let running = 0;
    let most = 0;
    const work = (n: number) =>
      slots.run(async () => {
        order.push(n);
        most = Math.max(most, ++running);
        await sleep(5);
        running--;
        if (n === 1) {
          throw new Error('failed');
        }
        return n;
      });
    const results = await Promise.allSettled([0, 1, 2, 3, 4].map(work));
    expect(most).toBe(2);
    expect(order).toEqual([0, 1, 2, 3, 4]);
    expect(results.map(r => r.status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ]);
  });
});
