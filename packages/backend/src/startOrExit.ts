import { setTimeout as sleep } from 'node:timers/promises';
import { stringifyError } from '@backstage/errors';

/**
 * Starts the backend. When that fails it says why on standard error, gives what did start a moment to
 * stop, and ends the process with exit code 1: half a portal that goes on listening helps nobody.
 */
export async function startOrExit(
  backend: { start(): Promise<unknown>; stop(): Promise<void> },
  options: {
    exit?: (code: number) => void;
    report?: (text: string) => void;
    /** How long to wait for what did start, in milliseconds. */
    grace?: number;
  } = {},
): Promise<void> {
  const {
    exit = code => process.exit(code),
    report = text => process.stderr.write(text),
    grace = 5_000,
  } = options;
  try {
    await backend.start();
  } catch (error) {
    report(`error: The portal could not start. ${stringifyError(error)}\n`);
    await Promise.race([
      backend.stop().catch(() => undefined),
      sleep(grace, undefined, { ref: false }),
    ]);
    exit(1);
  }
}
