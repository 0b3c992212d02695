import { createRequire } from 'node:module';

const requireFromHere = createRequire(__filename);

/**
 * Loads a package when it is first needed, so that nobody waits for a parser that no file asks for.
 * Only for ids written in this package, never for text from a file.
 */
export function lazyRequire<T>(id: string): T {
  return requireFromHere(id) as T;
}
