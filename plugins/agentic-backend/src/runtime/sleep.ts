/**
 * The longest a run or a task sleeps without looking again: a wake-up may be lost, when the process
 * dies between writing a decision and telling of it.
 */
export const MAX_SLEEP_MS = 10 * 60_000;

/** Milliseconds until a time that is worth another try: spread, so that all who wait do not come at once. */
export function waitFor(time: Date, random: number = Math.random()): number {
  const milliseconds = Math.max(200, time.getTime() - Date.now());
  return Math.min(MAX_SLEEP_MS, milliseconds * (1 + random / 4));
}
