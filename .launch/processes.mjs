import fs from 'node:fs';

/**
 * Whether a process with this id runs. A zombie, which nobody has collected
 * yet, does not: where process 1 collects nothing they stay for ever.
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    // "pid (name) state …", where the name may hold anything.
    return !/^ [ZX]/.test(stat.slice(stat.lastIndexOf(')') + 1));
  } catch {
    return true;
  }
}
