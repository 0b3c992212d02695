import { toTaskFailure } from '../runtime/TaskFailure';

/** A call that its caller gave up, for example because the workflow was cancelled. Says nothing about the dependency. */
export class CallGivenUp extends Error {
  constructor(readonly reason: unknown) {
    super('The call was given up by its caller');
    this.name = 'CallGivenUp';
  }
}

/**
 * Tells an outage, which may pass and counts against the dependency, from an answer that somebody
 * does not like: who refuses a wrong parameter is well.
 */
export function isOutage(error: unknown): boolean {
  return !(error instanceof CallGivenUp) && toTaskFailure(error).retryable;
}
