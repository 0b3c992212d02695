import type { RequestHandler } from 'express';
import { RequestRefused } from '../service/RequestRefused';

/** Refuses the character NUL anywhere in a request: PostgreSQL cannot keep it, and nobody means it. */
export const refuseNul: RequestHandler = (req, _res, next) => {
  const inAddress = /%00/.test(req.originalUrl);
  const inBody = JSON.stringify(req.body ?? '').includes('\\u0000');
  if (!inAddress && !inBody) {
    next();
    return;
  }
  next(
    new RequestRefused([
      {
        field: inAddress ? 'address' : 'body',
        message: 'It contains the character NUL.',
        remedy: 'Take it out.',
      },
    ]),
  );
};
