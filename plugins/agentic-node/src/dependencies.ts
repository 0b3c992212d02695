/**
 * How the host treats the thing a tool or evaluator leans on: a Git server, a database, a cloud API.
 * Everything has a default; say only what is different.
 *
 * Looks (`read`, `validate`, `dryRun`, `readBack`, an evaluator's judgement) are cut off after the
 * timeout and tried again after an outage. Changes (`execute`, `rollback`) are neither: whether they
 * happened is looked up before anything else is done.
 */
export interface DependencyPolicy {
  /**
   * What fails together. Tools that name the same share one breaker, with the stricter of their
   * limits. By default the first word of the tool's id: `git` for `git.publish`.
   */
  readonly id?: string;
  /** Calls at the same time. Default 8. */
  readonly concurrency?: number;
  /** Calls that may wait for their turn; more are refused at once and come back later. Default 64. */
  readonly queue?: number;
  /** Seconds one look may take. Default 120. */
  readonly timeoutSeconds?: number;
  /** How often a look that failed is tried again, with exponential backoff and jitter. Default 2. */
  readonly retries?: number;
  /** Failures in a row after which no calls are made for a while. Default 5. */
  readonly breakAfter?: number;
  /** Seconds without calls; then one is let through to see. Default 30. */
  readonly openSeconds?: number;
}
