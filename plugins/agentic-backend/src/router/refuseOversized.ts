import type { Problem } from '@agentic-backstage/plugin-agentic-common';
import { CustomErrorBase } from '@backstage/errors';
import type { ErrorRequestHandler } from 'express';
import { RequestRefused } from '../service/RequestRefused';

/** Answered as 413, in the shape of every other refusal. */
class PayloadTooLargeError extends CustomErrorBase {
  readonly statusCode = 413;
  readonly problems: readonly Problem[];

  constructor(maxBytes: number) {
    const message = `The body is larger than ${maxBytes} bytes.`;
    const remedy =
      'Send a smaller request; a description has at most 4000 characters.';
    super(`body: ${message} ${remedy}`);
    this.problems = [{ field: 'body', message, remedy }];
  }
}

/** Turns the body parser's own errors into answers that name the body and the remedy. */
export function refuseOversized(maxBytes: number): ErrorRequestHandler {
  return (error, _req, _res, next) => {
    const type =
      typeof error === 'object' && error !== null && 'type' in error
        ? error.type
        : '';
    if (type === 'entity.too.large') {
      next(new PayloadTooLargeError(maxBytes));
      return;
    }
    if (typeof type === 'string' && type.startsWith('e')) {
      next(
        new RequestRefused([
          {
            field: 'body',
            message: 'The body is not valid JSON.',
            remedy: 'Send a JSON object with content type application/json.',
          },
        ]),
      );
      return;
    }
    next(error);
  };
}
