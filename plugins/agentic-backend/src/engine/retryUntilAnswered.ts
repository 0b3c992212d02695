import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 30_000;

/** How long to pause before retry number `attempt` (1, 2, …): doubling up to 30 s, spread by half so that replicas do not retry together. */
export function retryPauseMs(attempt: number, random = Math.random()): number {
  const pause = Math.min(
    FIRST_PAUSE_MS * 2 ** Math.min(attempt - 1, 20),
    LONGEST_PAUSE_MS,
  );
  return Math.round(pause * (0.5 + random));
}

/**
 * Calls `attempt` until it answers, pausing longer and longer between failures, and logs how often
 * it has failed. Ends early only by `stop`: then the signal's reason is thrown.
 */
export async function retryUntilAnswered<T>(options: {
  name: string;
  attempt: () => Promise<T>;
  logger: LoggerService;
  stop: AbortSignal;
}): Promise<T> {
  const { name, attempt, logger, stop } = options;
  for (let failures = 1; ; failures++) {
    stop.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      stop.throwIfAborted();
      const pause = retryPauseMs(failures);
      logger.warn(
        `${name} failed ${failures} time(s), trying again in ${pause} ms: ${error}`,
      );
      await sleep(pause, undefined, { signal: stop, ref: false }).catch(() => {
        stop.throwIfAborted();
      });
    }
  }
}
