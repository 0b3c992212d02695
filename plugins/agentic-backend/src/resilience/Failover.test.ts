import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { setTimeout as sleep } from 'node:timers/promises';
import { quietLogger } from '../__testUtils__/quietServices';
import { Dependencies } from './Dependencies';
import { NO_ANSWER } from './Failover';

const NEVER = new AbortController().signal;
const OPEN_SECONDS = 0.05;

/** Models, stores, whatever: what it says, or what it throws. */
class Adapter {
  asked = 0;
  error: Error | undefined;
  constructor(readonly name: string) {}

  async say(): Promise<string> {
    this.asked += 1;
    if (this.error) throw this.error;
    return this.name;
  }
}

function three(policy: { concurrency?: number; queue?: number } = {}) {
  const adapters = ['a', 'b', 'c'].map(name => new Adapter(name));
  const dependencies = new Dependencies({
    tools: [],
    evaluators: [],
    logger: quietLogger,
    adapters: adapters.map(({ name }) => ({
      id: `model:${name}`,
      kind: 'tool',
      policy: {
        retries: 0,
        breakAfter: 2,
        openSeconds: OPEN_SECONDS,
        ...policy,
      },
    })),
  });
  const failover = dependencies.failover(
    'models',
    adapters.map(adapter => ({
      adapter,
      dependency: dependencies.ofAdapter(`model:${adapter.name}`),
    })),
  );
  const ask = async () =>
    (await failover.look(adapter => adapter.say(), NEVER)).answer;
  return { adapters, dependencies, failover, ask };
}

const away = () => new ServiceUnavailableError('no route');

describe('Failover', () => {
  it('asks the first while it answers', async () => {
    const { adapters, ask, failover } = three();
    expect([await ask(), await ask()]).toEqual(['a', 'a']);
    expect(adapters.map(({ asked }) => asked)).toEqual([2, 0, 0]);
    expect(failover.state()).toMatchObject({
      order: ['model:a', 'model:b', 'model:c'],
      answering: 'model:a',
      lastFailover: undefined,
    });
  });

  it('goes on to the next at an outage, and says who answers and why', async () => {
    const { adapters, ask, dependencies } = three();
    adapters[0].error = away();
    adapters[1].error = away();
    expect(await ask()).toBe('c');
    expect(dependencies.failovers()).toEqual([
      expect.objectContaining({
        id: 'models',
        answering: 'model:c',
        lastFailover: expect.objectContaining({
          from: 'model:a',
          to: 'model:c',
          reason: 'model:a: no route; model:b: no route',
        }),
      }),
    ]);
  });

  it('does not ask one whose breaker is open, and comes back when it closes', async () => {
    const { adapters, ask, failover } = three();
    adapters[0].error = away();
    await ask();
    await ask();
    expect(adapters[0].asked).toBe(2);
    expect(await ask()).toBe('b');
    expect(adapters[0].asked).toBe(2);
    adapters[0].error = undefined;
    await sleep(OPEN_SECONDS * 1000 + 30);
    expect(await ask()).toBe('a');
    expect(failover.state()).toMatchObject({
      answering: 'model:a',
      lastFailover: { to: 'model:b' },
    });
  });

  it.each<[string, Error]>([
    ['not found', new NotFoundError('there is none')],
    ['denied', Object.assign(new Error('no'), { name: 'NotAllowedError' })],
    ['wrong', Object.assign(new Error('no'), { name: 'InputError' })],
  ])('takes "%s" for an answer', async (_what, error) => {
    const { adapters, ask } = three();
    adapters[0].error = error;
    await expect(ask()).rejects.toBe(error);
    expect(adapters[1].asked).toBe(0);
  });

  it('goes on from one that has no answer, which is none of its failures', async () => {
    const { adapters, failover, dependencies } = three();
    adapters[0].error = away();
    const { answer } = await failover.look(
      async adapter =>
        adapter.name === 'b' ? NO_ANSWER : adapter.say().then(said => said),
      NEVER,
    );
    expect(answer).toBe('c');
    expect(dependencies.ofAdapter('model:b').state().failures).toBe(0);
  });

  it('names every reason when nobody answers', async () => {
    const { adapters, ask } = three();
    adapters.forEach(adapter => {
      adapter.error = away();
    });
    await expect(ask()).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(/model:a: no route; model:b: .*model:c/),
    });
    await ask().catch(() => undefined);
    // All breakers are open now: nobody was asked, so the caller waits.
    await expect(ask()).rejects.toMatchObject({
      name: 'DependencyUnavailable',
    });
  });

  it('does not ask another because the first is busy', async () => {
    const { adapters, failover, ask } = three({ concurrency: 1, queue: 0 });
    let finish = () => {};
    const slow = failover.look(
      () => new Promise<string>(resolve => (finish = () => resolve('slow'))),
      NEVER,
    );
    await expect(ask()).rejects.toMatchObject({
      name: 'DependencyUnavailable',
      message: expect.stringContaining('takes no more for now'),
    });
    expect(adapters[1].asked).toBe(0);
    finish();
    await slow;
  });

  it('changes things with the first only', async () => {
    const { adapters, failover } = three();
    adapters[0].error = away();
    await expect(
      failover.change(adapter => adapter.say(), NEVER),
    ).rejects.toThrow('no route');
    expect(adapters[1].asked).toBe(0);
  });

  it('ends at once when its caller gives up', async () => {
    const { adapters, failover } = three();
    const controller = new AbortController();
    const given = failover.look(
      () => new Promise<string>(() => {}),
      controller.signal,
    );
    controller.abort(new Error('cancelled'));
    await expect(given).rejects.toThrow('cancelled');
    expect(adapters[1].asked).toBe(0);
  });
});
