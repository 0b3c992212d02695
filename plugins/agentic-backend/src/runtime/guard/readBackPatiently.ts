import type { ReadBackOutcome } from '@agentic-backstage/plugin-agentic-node';
import { setTimeout as sleep } from 'node:timers/promises';

const ATTEMPTS = 3;
const PAUSE_MS = 1000;

/** What confirms a call sooner than this is put on record together with the call's answer. */
const SOON_MS = 200;

/**
 * Looks at the world after a call, up to three times a second apart: some things take a moment to
 * show. `beforeWaiting` is called once unless the first look confirms it within a moment.
 */
export async function readBackPatiently(options: {
  look: () => Promise<ReadBackOutcome<unknown>>;
  beforeWaiting: () => Promise<void>;
  signal: AbortSignal;
  pauseMs?: number;
}): Promise<ReadBackOutcome<unknown>> {
  const { look, beforeWaiting, signal, pauseMs = PAUSE_MS } = options;
  const first = look();
  let seen = await within(SOON_MS, first);
  if (seen?.state === 'confirmed') return seen;
  await beforeWaiting();
  seen = await first;
  for (
    let attempt = 1;
    seen.state !== 'confirmed' && attempt < ATTEMPTS;
    attempt++
  ) {
    await sleep(pauseMs, undefined, { signal });
    seen = await look();
  }
  return seen;
}

/** What the work comes to if it does so within the time; undefined also when it fails. */
async function within<T>(
  milliseconds: number,
  work: Promise<T>,
): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([work.catch(() => undefined), patience]);
  } finally {
    clearTimeout(timer);
  }
}
