import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../tools/exec/freePort';

const PROGRAM = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find(file =>
  existsSync(file),
);

/** Whether PgBouncer is installed; the checks install it. */
export const pgBouncerIsThere = PROGRAM !== undefined;

/** A PgBouncer in transaction mode. */
export interface PgBouncer {
  /** The URL of a database of the server, through PgBouncer. */
  through(url: string): string;
  stop(): Promise<void>;
}

/** Starts PgBouncer in transaction mode before the server that a URL names. */
export async function startPgBouncer(server: string): Promise<PgBouncer> {
  const { hostname, port, username, password } = new URL(server);
  const folder = mkdtempSync(path.join(tmpdir(), 'agentic-pgbouncer-'));
  const own = await findFreePort({ from: 26_400, to: 26_999 });
  const users = path.join(folder, 'users.txt');
  const settings = path.join(folder, 'pgbouncer.ini');
  writeFileSync(
    users,
    `"${decodeURIComponent(username)}" "${decodeURIComponent(password)}"\n`,
  );
  writeFileSync(
    settings,
    [
      '[databases]',
      `* = host=${hostname} port=${port}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${own}`,
      'unix_socket_dir =',
      'auth_type = scram-sha-256',
      `auth_file = ${users}`,
      'pool_mode = transaction',
      'default_pool_size = 15',
      'max_client_conn = 200',
      // Shorter than an engine takes to launch on an empty database.
      'idle_transaction_timeout = 2',
      '',
    ].join('\n'),
  );
  [folder, users, settings].forEach(file => chmodSync(file, 0o755));
  const child = spawn(PROGRAM!, ['-q', settings], {
    stdio: 'ignore',
    ...nobody(),
  });
  const exited = new Promise<void>(resolve =>
    child.once('exit', () => resolve()),
  );
  for (let tries = 0; !(await answers(own)); tries++) {
    if (tries > 100 || child.exitCode !== null) {
      throw new Error('PgBouncer did not start');
    }
    await sleep(50);
  }
  return {
    through(url) {
      const target = new URL(url);
      target.host = `127.0.0.1:${own}`;
      return target.href;
    },
    async stop() {
      child.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PgBouncer refuses to run as root. */
function nobody(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) =>
    Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
