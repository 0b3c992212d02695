import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The effects that are being carried out in this process. A caller may have given up (its agent was
 * stopped, its time was over) while the tool still works; who comes next must not begin the same
 * thing beside it.
 */
export class InFlight {
  readonly #byPlace = new Map<string, Promise<void>>();

  /** Carries out one effect, after an earlier carrying-out of the same effect has ended. */
  async run<T>(
    place: string,
    signal: AbortSignal,
    work: () => Promise<T>,
  ): Promise<T> {
    const earlier = this.#byPlace.get(place);
    const working = earlier ? after(earlier, signal, work) : work();
    // Who gives up waiting leaves the earlier one in its place.
    const ended: Promise<void> = Promise.allSettled([earlier, working]).then(
      () => {
        if (this.#byPlace.get(place) === ended) {
          this.#byPlace.delete(place);
        }
      },
    );
    this.#byPlace.set(place, ended);
    return working;
  }

  /** Waits until the effect is not being carried out here any more, or until the signal. */
  async ended(place: string, signal: AbortSignal): Promise<void> {
    for (
      let earlier = this.#byPlace.get(place);
      earlier && !signal.aborted;
      earlier = this.#byPlace.get(place)
    ) {
      await Promise.race([earlier, aborted(signal)]);
    }
  }

  /** Waits until no effect of the task is being carried out here, or until the patience is at its end. */
  async quiet(task: string, patienceMs: number): Promise<void> {
    const working = [...this.#byPlace]
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

async function after<T>(
  earlier: Promise<void>,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  await Promise.race([earlier, aborted(signal)]);
  signal.throwIfAborted();
  return work();
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>(resolve => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
