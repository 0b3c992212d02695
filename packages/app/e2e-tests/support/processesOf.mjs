import fs from 'node:fs';
import { waitUntil } from './waitUntil.mjs';

function read(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function workingFolder(pid) {
  try {
    return fs.readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

function isZombie(pid) {
  const stat = read(`/proc/${pid}/stat`);
  return stat === '' || /^ [ZX]/.test(stat.slice(stat.lastIndexOf(')') + 1));
}

/**
 * Ids of the living processes that have to do with a folder: that work in it, or
 * name it on their command line or in their environment.
 */
export function processesOf(folder) {
  return fs
    .readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(
      pid =>
        pid !== process.pid &&
        !isZombie(pid) &&
        (`${workingFolder(pid)}/`.startsWith(`${folder}/`) ||
          read(`/proc/${pid}/cmdline`).includes(folder) ||
          read(`/proc/${pid}/environ`).includes(folder)),
    );
}

/** What a process was started as, for messages. */
export function commandLineOf(pid) {
  return read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
}

function signal(pids, name) {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended in between.
    }
  }
}

/** Ends every process that has to do with a folder. */
export async function endProcessesOf(folder) {
  signal(processesOf(folder), 'SIGINT');
  try {
    await waitUntil(
      'the end of what was started',
      () => {
        return processesOf(folder).length === 0;
      },
      { timeout: 15_000 },
    );
  } catch {
    signal(processesOf(folder), 'SIGKILL');
  }
}
