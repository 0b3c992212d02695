import { spawnSync } from 'node:child_process';

const BRING_LOOPBACK_UP = 'ip link set lo up && exec "$@"';

/**
 * The command line that runs a program where there is no network but the loopback
 * interface, or `undefined` where this machine cannot (it takes root on Linux, unshare and ip).
 */
export function withoutNetwork([program, ...args]) {
  const probe = spawnSync('unshare', ['--net', 'ip', 'link', 'show', 'lo']);
  return probe.status === 0
    ? [
        'unshare',
        '--net',
        'sh',
        '-c',
        BRING_LOOPBACK_UP,
        'sh',
        program,
        ...args,
      ]
    : undefined;
}
