const runtimes = new Map<string, unknown>();
let last: Promise<unknown> = Promise.resolve();

async function lend<T>(owner: string, work: () => Promise<T>): Promise<T> {
  const shared = globalThis as { Go?: unknown };
  if (runtimes.has(owner)) {
    shared.Go = runtimes.get(owner);
  }
  try {
    return await work();
  } finally {
    // After the first piece of work it is the one that the package has brought.
    runtimes.set(owner, shared.Go);
  }
}

/**
 * Runs one piece of work after another, each with the global `Go` that its package put there when
 * it was loaded. The checkers compiled from Go all use that one name, at loading or at each call,
 * and would start on each other's runtime.
 */
export function withOwnGo<T>(
  owner: string,
  work: () => Promise<T>,
): Promise<T> {
  const result = last.then(() => lend(owner, work));
  last = result.catch(() => undefined);
  return result;
}
