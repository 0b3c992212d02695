import path from 'node:path';
import { ensureNode } from './toolchain.mjs';
import { ensureDependencies } from './install.mjs';
import { waitForLock } from './lock.mjs';
import { launchCache } from './paths.mjs';
import { say } from './log.mjs';

/**
 * Node, dependencies and whatever else is asked for, one process at a time in
 * this folder. Answers the path of the Node to use.
 */
export async function prepare(...furtherSteps) {
  const release = await waitForLock(path.join(launchCache, 'lock'), holder =>
    say(
      `Another command (process ${holder?.pid}) is preparing this folder; waiting for it …`,
    ),
  );
  try {
    const node = await ensureNode();
    await ensureDependencies(node);
    for (const further of furtherSteps) {
      await further(node);
    }
    return node;
  } finally {
    release();
  }
}
