import { cleanText } from '@agentic-backstage/plugin-agentic-common';
import type { RequestHandler } from 'express';

function cleanDeep(value: unknown): unknown {
  if (typeof value === 'string') {
    return cleanText(value);
  }
  if (Array.isArray(value)) {
    return value.map(cleanDeep);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, cleanDeep(item)]),
    );
  }
  return value;
}

/**
 * Takes out of every text of a request what only deceives its reader: escape sequences of terminals,
 * marks that turn the direction of writing, invisible characters. What a person approves is then what
 * they read. Stands behind {@link refuseDeep}, which bounds how deep a body is.
 */
export const cleanBody: RequestHandler = (req, _res, next) => {
  req.body = cleanDeep(req.body);
  next();
};
