import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The effects that are being carried out in this process. A caller may have given up (its agent was
 * stopped, its time was over) while the tool still works; who comes next must not begin the same
 * thing beside it.
 */
export class InFlight {
  readonly #byEffect = new Map<string, Promise<void>>();

  /** Carries out one effect, after an earlier carrying-out of the same effect has ended. */
  async run<T>(
    effectId: string,
    signal: AbortSignal,
    work: () => Promise<T>,
  ): Promise<T> {
    await this.ended(effectId, signal);
    signal.throwIfAborted();
    const working = work();
    const ended = working.then(
      () => undefined,
      () => undefined,
    );
    this.#byEffect.set(effectId, ended);
    try {
      return await working;
    } finally {
      this.#byEffect.delete(effectId);
    }
  }

  /** Waits until the effect is not being carried out here any more, or until the signal. */
  async ended(effectId: string, signal: AbortSignal): Promise<void> {
    for (
      let earlier = this.#byEffect.get(effectId);
      earlier && !signal.aborted;
      earlier = this.#byEffect.get(effectId)
    ) {
      await Promise.race([earlier, aborted(signal)]);
    }
  }

  /** Waits until no effect of the task is being carried out here, or until the patience is at its end. */
  async quiet(task: string, patienceMs: number): Promise<void> {
    const working = [...this.#byEffect]
      .filter(([effectId]) => effectId.startsWith(`${task}.`))
      .map(([, ended]) => ended);
    if (working.length === 0) return;
    const stop = new AbortController();
    const patience = sleep(patienceMs, undefined, { signal: stop.signal });
    await Promise.race([Promise.all(working), patience]).finally(() =>
      stop.abort(),
    );
    await patience.catch(() => undefined);
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  await new Promise<void>(resolve => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
