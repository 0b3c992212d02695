import type { RequestHandler } from 'express';
import { RequestRefused } from '../service/RequestRefused';

/** The deepest body that a route reads has about five levels. */
const MAX_DEPTH = 32;

function childrenOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null
    ? Object.values(value)
    : [];
}

/**
 * Refuses a body that is nested so deeply that walking through it would exhaust the stack. It looks
 * level by level, so that it does not do so itself.
 */
export const refuseDeep: RequestHandler = (req, _res, next) => {
  let level: unknown[] = [req.body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) {
      next(
        new RequestRefused([
          {
            field: 'body',
            message: `It is nested more than ${MAX_DEPTH} levels deep.`,
            remedy: 'Send an object of the form the API description gives.',
          },
        ]),
      );
      return;
    }
    level = level.flatMap(childrenOf);
  }
  next();
};
