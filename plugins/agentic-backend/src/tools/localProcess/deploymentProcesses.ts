import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { processIdentity } from '../exec/processIdentity';
import { signalGroup } from '../exec/signalGroup';

/** Variable in the environment of every process of a deployment, by which its processes are found. */
export const DEPLOYMENT_VARIABLE = 'AGENTIC_DEPLOYMENT_ID';

/** The first process of a deployment, as it was started. */
export interface StartedProcess {
  readonly pid: number;
  readonly identity: string;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function allProcessIds(): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number);
}

/** The group a process belongs to. */
function groupOf(pid: number): number | undefined {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return stat ? Number(fields[2]) : undefined;
}

/**
 * Every living process of a deployment: those of its group and, on Linux, also those that left the
 * group or whose start was never recorded, by the mark in their environment.
 */
export function processesOf(
  deploymentId: string,
  started?: StartedProcess,
): number[] {
  const first =
    started && processIdentity(started.pid) === started.identity
      ? started
      : undefined;
  if (process.platform !== 'linux') {
    const orphans =
      started !== undefined &&
      processIdentity(started.pid) === undefined &&
      signalGroup(started.pid, 0);
    return started && (first || orphans) ? [started.pid] : [];
  }
  const mark = `${DEPLOYMENT_VARIABLE}=${deploymentId}\0`;
  return allProcessIds().filter(
    pid =>
      pid !== process.pid &&
      processIdentity(pid) !== undefined &&
      ((first && groupOf(pid) === first.pid) ||
        `${read(`/proc/${pid}/environ`)}\0`.includes(mark)),
  );
}

/** The first process of a deployment whose start was never recorded, found by its mark. */
export function findStarted(deploymentId: string): StartedProcess | undefined {
  const pid = processesOf(deploymentId).find(each => groupOf(each) === each);
  const identity = pid === undefined ? undefined : processIdentity(pid);
  return pid !== undefined && identity !== undefined
    ? { pid, identity }
    : undefined;
}

/** Ends every process of a deployment: politely, and after the time by force. Answers those that would not go. */
export async function endProcesses(
  deploymentId: string,
  started: StartedProcess | undefined,
  timeoutMs: number,
): Promise<number[]> {
  const send = (signal: NodeJS.Signals) => {
    const living = processesOf(deploymentId, started);
    if (
      started &&
      (process.platform !== 'linux' || living.includes(started.pid))
    ) {
      signalGroup(started.pid, signal);
    }
    for (const pid of living) {
      try {
        process.kill(pid, signal);
      } catch {
        // It has ended in between.
      }
    }
  };
  const gone = async (until: number): Promise<boolean> => {
    while (processesOf(deploymentId, started).length > 0) {
      if (Date.now() > until) {
        return false;
      }
      await wait(50);
    }
    return true;
  };

  if (processesOf(deploymentId, started).length === 0) {
    return [];
  }
  send('SIGTERM');
  if (!(await gone(Date.now() + timeoutMs))) {
    // What forks faster than it is killed is frozen first.
    send('SIGSTOP');
    const until = Date.now() + 10_000;
    do {
      send('SIGKILL');
    } while (!(await gone(Date.now() + 200)) && Date.now() < until);
  }
  return processesOf(deploymentId, started);
}

/**
 * Whether one of the processes listens on the port. `undefined` where that cannot be seen: on other
 * systems than Linux, or when the processes' open files may not be looked at.
 */
export function listensOn(
  port: number,
  pids: readonly number[],
): boolean | undefined {
  if (process.platform !== 'linux') {
    return undefined;
  }
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set(
    ['/proc/net/tcp', '/proc/net/tcp6'].flatMap(table =>
      read(table)
        .split('\n')
        .map(line => line.trim().split(/\s+/))
        .filter(fields => fields[1]?.endsWith(`:${hex}`) && fields[3] === '0A')
        .map(fields => `socket:[${fields[9]}]`),
    ),
  );
  let seen = false;
  for (const pid of pids) {
    try {
      for (const fd of readdirSync(`/proc/${pid}/fd`)) {
        seen = true;
        let target = '';
        try {
          target = readlinkSync(`/proc/${pid}/fd/${fd}`);
        } catch {
          // Closed in between.
        }
        if (inodes.has(target)) {
          return true;
        }
      }
    } catch {
      // Not ours to look at, or gone.
    }
  }
  return seen ? false : undefined;
}
