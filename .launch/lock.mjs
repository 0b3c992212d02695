import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './processes.mjs';

const heartbeat = 1_000;
const silence = 30_000;

function read(file) {
  try {
    const { mtimeMs } = fs.statSync(file);
    return { ...JSON.parse(fs.readFileSync(file, 'utf8')), mtimeMs };
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

function holderOf(file) {
  const holder = read(file);
  if (!holder) {
    return undefined;
  }
  const quiet = Date.now() - holder.mtimeMs > silence;
  return isAlive(holder.pid) && !quiet ? holder : { ...holder, stale: true };
}

function create(file, token, facts) {
  // Written aside and linked, so that nobody ever reads half a lock file.
  const draft = `${file}.${token}`;
  fs.writeFileSync(
    draft,
    JSON.stringify({ pid: process.pid, token, ...facts }),
  );
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') {
      return false;
    }
    throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

function removeStale(file, holder) {
  const aside = `${file}.stale.${randomUUID()}`;
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') {
      return;
    }
    throw error;
  }
  if (read(aside)?.token !== holder.token) {
    // Somebody replaced the stale lock before us: theirs goes back.
    try {
      fs.linkSync(aside, file);
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    }
  }
  fs.rmSync(aside, { force: true });
}

/**
 * Takes a lock file that only one live process can hold. Answers
 * `{ release }`, or `{ holder }` when another live process has it. A lock left
 * by a killed process is taken over.
 */
export function tryLock(file, facts = {}) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const token = randomUUID();
  while (!create(file, token, facts)) {
    const holder = holderOf(file);
    if (holder && !holder.stale) {
      return { holder };
    }
    if (holder) {
      removeStale(file, holder);
    }
  }
  const pulse = setInterval(() => {
    try {
      fs.utimesSync(file, new Date(), new Date());
    } catch {
      // The folder was deleted under us; there is nothing left to keep.
    }
  }, heartbeat);
  pulse.unref();
  const release = () => {
    clearInterval(pulse);
    if (read(file)?.token === token) {
      fs.rmSync(file, { force: true });
    }
  };
  process.once('exit', release);
  return { release };
}

/** Waits until the lock is free, calling `onWait` once when it is not. */
export async function waitForLock(file, onWait) {
  for (let waited = false; ; waited = true) {
    const { release, holder } = tryLock(file);
    if (release) {
      return release;
    }
    if (!waited) {
      onWait(holder);
    }
    await sleep(500);
  }
}
