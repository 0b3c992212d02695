import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import type { ErrorRequestHandler } from 'express';
import { DependencyUnavailable } from '../resilience/DependencyUnavailable';
import { TaskHold } from '../runtime/TaskHold';

/**
 * Answers a person whose undoing has to wait. What a gate holds is a 409 that says what holds it; what
 * is away for now is a 503 with `Retry-After`. Nothing was changed in either case.
 */
export const sayWhatHolds: ErrorRequestHandler = (error, _req, res, next) => {
  if (error instanceof TaskHold) {
    next(
      new ConflictError(
        `Nothing was undone, because the gate '${error.gate}' holds it: ${error.message}. Send the request again when that is settled`,
      ),
    );
  } else if (error instanceof DependencyUnavailable) {
    const seconds = Math.ceil((error.retryAt.getTime() - Date.now()) / 1000);
    if (!res.headersSent) {
      res.setHeader('Retry-After', String(Math.max(1, seconds)));
    }
    next(
      new ServiceUnavailableError(
        `Nothing was changed: ${error.message}. Send the request again after the time that Retry-After says`,
      ),
    );
  } else {
    next(error);
  }
};
