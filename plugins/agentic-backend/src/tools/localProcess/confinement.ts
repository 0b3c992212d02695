import { readdir, realpath, stat } from 'node:fs/promises';
import { minimalEnvironment } from '../exec/minimalEnvironment';
import { runProcess } from '../exec/runProcess';
import { canReach, runsAsRoot, type UserIds } from '../exec/unprivilegedUser';
import type { LocalProcessOptions } from './localProcessOptions';
import type { RuntimeCommand } from './toolchains/Toolchain';

/** A command with everything around it that keeps the service in its place. */
export interface ConfinedCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly user: UserIds | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** What the UI shows about it. */
  readonly isolation: string;
}

/** Users that systemd hands out for a while and that nobody else has. */
const FIRST_TRANSIENT_USER = 61184;
const TRANSIENT_USERS = 4000;

async function works(program: string, args: string[], user?: UserIds) {
  const outcome = await runProcess({
    program,
    args,
    env: minimalEnvironment(),
    timeoutMs: 10_000,
    cwd: '/',
    ...user,
  }).catch(() => undefined);
  return outcome?.exitCode === 0;
}

/** Threads that a user has running: the kernel's limit on processes counts all of them. */
async function threadsOf(uid: number): Promise<number> {
  let threads = 0;
  for (const pid of await readdir('/proc').catch(() => [])) {
    if (/^\d+$/.test(pid)) {
      const owner = await stat(`/proc/${pid}`).catch(() => undefined);
      if (owner?.uid === uid) {
        const tasks = await readdir(`/proc/${pid}/task`).catch(() => ['']);
        threads += tasks.length;
      }
    }
  }
  return threads;
}

/**
 * A user with no rights at all, for a portal that is root. `undefined` for an ordinary user's portal,
 * and where such a user could not get to the files it has to run.
 */
async function transientUser(
  places: readonly string[],
  port: number,
): Promise<UserIds | undefined> {
  if (!runsAsRoot()) {
    return undefined;
  }
  const id = FIRST_TRANSIENT_USER + (port % TRANSIENT_USERS);
  const user = { uid: id, gid: id };
  for (const place of places) {
    // Behind a link is what has to be reached.
    if (!(await canReach(user, await realpath(place)))) {
      return undefined;
    }
  }
  return user;
}

function sandboxArguments(
  folder: string,
  outside: readonly string[],
): string[] {
  const readable = [
    ...['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'],
    ...['/etc/ssl', '/etc/ca-certificates', '/etc/resolv.conf', '/etc/hosts'],
    ...['/etc/nsswitch.conf', '/etc/localtime', '/etc/ld.so.cache'],
  ];
  return [
    // The network stays: the service listens on loopback and talks to its database.
    ...['--unshare-pid', '--unshare-ipc', '--unshare-uts'],
    ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'],
    ...readable.flatMap(place => ['--ro-bind-try', place, place]),
    ...[...outside, folder].flatMap(place => ['--ro-bind', place, place]),
    ...['--chdir', folder, '--cap-drop', 'ALL', '--'],
  ];
}

/** Puts limits and, where the machine has it, a sandbox around a command in a release. */
export async function confine(
  options: LocalProcessOptions,
  command: {
    folder: string;
    port: number;
    runtime: RuntimeCommand;
    /** Memory in MiB that the runtime takes for itself. */
    reserveMb: number;
  },
): Promise<ConfinedCommand> {
  const { folder, port, runtime, reserveMb } = command;
  const { limits } = options;
  const { readable } = runtime;
  const user = await transientUser(
    [runtime.program, folder, ...readable],
    port,
  );
  let line = [runtime.program, ...runtime.args];

  const sandbox = sandboxArguments(folder, readable);
  const sandboxed =
    options.bubblewrap !== undefined &&
    (await works(options.bubblewrap, [...sandbox, ...runtime.check], user));
  if (sandboxed && options.bubblewrap) {
    line = [options.bubblewrap, ...sandbox, ...line];
  }

  const limited =
    options.prlimit !== undefined &&
    (await works(options.prlimit, ['--core=0', '--', 'true']));
  // The kernel does not count root's processes.
  const countsProcesses = !runsAsRoot() || user !== undefined;
  if (limited && options.prlimit) {
    const uid = user?.uid ?? process.getuid?.() ?? 0;
    const processes =
      limits.processes + (countsProcesses ? await threadsOf(uid) : 0);
    line = [
      options.prlimit,
      `--data=${(limits.memoryMb + reserveMb) * 1024 * 1024}`,
      `--nproc=${processes}`,
      `--nofile=${limits.openFiles}`,
      '--core=0',
      '--',
      ...line,
    ];
  }

  let isolation = 'not isolated';
  if (sandboxed) {
    isolation = limited ? 'bubblewrap' : 'bubblewrap, no resource limits';
  } else if (limited) {
    isolation = countsProcesses
      ? 'resource limits only, not isolated'
      : 'memory limit only, not isolated: runs as root';
  }
  const [program, ...args] = line;
  return { program, args, user, isolation, environment: runtime.environment };
}
