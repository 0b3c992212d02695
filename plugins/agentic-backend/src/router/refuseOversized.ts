import type { ErrorRequestHandler } from 'express';
import { RequestRefused } from '../service/RequestRefused';

/** Turns the body parser's own errors into answers that name the body and the remedy. */
export function refuseOversized(maxBytes: number): ErrorRequestHandler {
  return (error, _req, res, next) => {
    const type =
      typeof error === 'object' && error !== null && 'type' in error
        ? error.type
        : '';
    if (type === 'entity.too.large') {
      const problem = {
        field: 'body',
        message: `The body is larger than ${maxBytes} bytes.`,
        remedy:
          'Send a smaller request; a description has at most 4000 characters.',
      };
      res.status(413).json({
        error: {
          name: 'PayloadTooLargeError',
          message: `${problem.field}: ${problem.message} ${problem.remedy}`,
          problems: [problem],
        },
        response: { statusCode: 413 },
      });
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
