/**
 * The longest a run or a task sleeps without looking again: a wake-up may be lost, when the process
 * dies between writing a decision and telling of it.
 */
export const MAX_SLEEP_MS = 10 * 60_000;
