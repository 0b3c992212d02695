import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** Whether nothing listens on the port of the loopback interface. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

/**
 * Whether the port is free, or becomes so within the time. A process that was killed lets go of its
 * port a moment after it can no longer be seen.
 */
export async function becomesFree(
  port: number,
  withinMs: number,
): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (!(await isPortFree(port))) {
    if (Date.now() > deadline) {
      return false;
    }
    await wait(50);
  }
  return true;
}

/** The first port that is free: of the wanted ones, of the range, and last of those that others had before. */
export async function findFreePort(options: {
  wanted?: readonly number[];
  from: number;
  to: number;
  taken?: ReadonlySet<number>;
}): Promise<number> {
  const { wanted = [], from, to, taken = new Set<number>() } = options;
  const range = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const candidates = [
    ...wanted,
    ...range.filter(port => !taken.has(port)),
    ...range.filter(port => taken.has(port)),
  ];
  for (const port of candidates) {
    if (await isPortFree(port)) {
      return port;
    }
  }
  throw new Error(
    `No port between ${from} and ${to} is free; stop what uses them or widen the range in the configuration`,
  );
}
