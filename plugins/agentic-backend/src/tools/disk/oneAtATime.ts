const queues = new Map<string, Promise<unknown>>();

/** Runs pieces of work with the same key one after the other within this process. */
export async function oneAtATime<T>(
  key: string,
  work: () => Promise<T>,
): Promise<T> {
  const before = queues.get(key) ?? Promise.resolve();
  const mine = before.then(work, work);
  const settled = mine.catch(() => undefined);
  queues.set(key, settled);
  try {
    return await mine;
  } finally {
    if (queues.get(key) === settled) {
      queues.delete(key);
    }
  }
}
