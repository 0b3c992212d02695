import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

function readProc(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * A text that tells a process from any other that ever had its id: its start time, on Linux together
 * with the boot. `undefined` when no such process lives; one that has ended but was not yet collected
 * by its parent does not live.
 */
export function processIdentity(pid: number): string | undefined {
  if (!Number.isInteger(pid) || pid <= 0) {
    return undefined;
  }
  if (process.platform === 'linux') {
    const stat = readProc(`/proc/${pid}/stat`);
    // The name in parentheses may itself contain blanks and parentheses.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (!fields || fields[0] === 'Z' || fields[0] === 'X') {
      return undefined;
    }
    const boot = readProc('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
    return `${boot}:${fields[19]}`;
  }
  const listed = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
  });
  return listed.status === 0 ? listed.stdout.trim() || undefined : undefined;
}
