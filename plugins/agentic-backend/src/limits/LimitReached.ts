import { CustomErrorBase } from '@backstage/errors';
import type { ErrorRequestHandler } from 'express';

/** A request that came after a limit was reached. Answered as 429, with `Retry-After` where the limit frees by itself. */
export class LimitReached extends CustomErrorBase {
  override readonly name = 'LimitReachedError';
  readonly statusCode = 429;
  /** When the limit frees; absent when it frees as work ends. */
  readonly freesAt?: string;

  constructor(message: string, freesAt?: string) {
    super(message);
    this.freesAt = freesAt;
  }
}

/** Puts `Retry-After` on the answer to a request that was refused for a limit, and passes the error on. */
export const sayWhenToRetry: ErrorRequestHandler = (error, _req, res, next) => {
  if (error instanceof LimitReached && error.freesAt && !res.headersSent) {
    const seconds = Math.ceil((Date.parse(error.freesAt) - Date.now()) / 1000);
    res.setHeader('Retry-After', String(Math.max(1, seconds)));
  }
  next(error);
};
