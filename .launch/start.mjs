import path from 'node:path';
import { ensureFrontend } from './frontend.mjs';
import { prepare } from './prepare.mjs';
import { prepareServiceDependencies } from './prepareServiceDependencies.mjs';
import { tryLock } from './lock.mjs';
import { dataFolder } from './paths.mjs';
import { LaunchError, box, duration, say } from './log.mjs';
import {
  assertPortIsFree,
  portalPort,
  startPortal,
  stopPortal,
  waitForPredecessor,
  waitUntilReady,
} from './portal.mjs';

/** Resolves on the first Ctrl-C or kill, or when whoever started us is gone. */
function stopRequested() {
  const parent = process.ppid;
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.removeAllListeners(signal);
      process.on(signal, () => resolve(signal));
    }
    setInterval(() => {
      if (process.ppid !== parent) {
        resolve('the end of its parent process');
      }
    }, 1_000).unref();
  });
}

/**
 * `npm start`: from whatever state the folder is in to a portal that can be
 * used. Returns when the portal was stopped.
 */
export async function start() {
  const started = Date.now();
  const port = portalPort();
  const lock = tryLock(path.join(dataFolder, 'portal.lock'), { port });
  if (lock.holder) {
    say(
      `The portal of this folder is already running or starting (process ${lock.holder.pid}): http://localhost:${lock.holder.port}. One at a time: stop it there first.`,
    );
    return 0;
  }
  await waitForPredecessor();
  await assertPortIsFree(port);
  const node = await prepare(prepareServiceDependencies, ensureFrontend);

  const stop = stopRequested();
  const launched = Date.now();
  say('Starting the portal …');
  const portal = startPortal(node, port);
  const outcome = await Promise.race([
    waitUntilReady(portal, port).then(
      () => 'ready',
      error => error,
    ),
    stop,
  ]);
  if (outcome !== 'ready') {
    await stopPortal(portal);
    if (outcome instanceof Error) {
      throw outcome;
    }
    return 0;
  }
  say(`  done in ${duration(Date.now() - launched)}`);
  box([
    `The portal is ready: http://localhost:${port}`,
    '',
    'Sign in as Ada Reyes (developer): Create → Microservice with a database.',
    'Nobody approves their own request: sign in as Ben Okafor (platform lead) to',
    'approve it. Production needs Chiara Rossi (architect) besides.',
    '',
    `It took ${duration(
      Date.now() - started,
    )}. Ctrl-C stops it. Log: ${path.relative(process.cwd(), portal.logFile)}`,
  ]);
  const reason = await Promise.race([stop, portal.ended]);
  if (typeof reason === 'string') {
    say(`Stopping (${reason}) …`);
    await stopPortal(portal);
    return 0;
  }
  throw new LaunchError(
    `The portal ended by itself (${
      reason.signal ?? `exit code ${reason.code}`
    }). Its log: ${portal.logFile}`,
  );
}
