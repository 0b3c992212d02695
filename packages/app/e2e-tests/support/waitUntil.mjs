import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again until `look` answers something truthy, and answers that.
 * Fails with what was waited for and the last error when the time is over.
 */
export async function waitUntil(what, look, { timeout = 60_000 } = {}) {
  const deadline = Date.now() + timeout;
  let last;
  for (;;) {
    try {
      const found = await look();
      if (found) {
        return found;
      }
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) {
      throw new Error(`Not within ${timeout / 1000} s: ${what}`, {
        cause: last,
      });
    }
    await sleep(250);
  }
}
