let last: Promise<unknown> = Promise.resolve();

/**
 * Runs one piece of work after another. The checkers compiled from Go share global names while they
 * load and would pick up each other's runtime.
 */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const result = last.then(work);
  last = result.catch(() => undefined);
  return result;
}
