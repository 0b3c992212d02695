import { randomBytes, randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import {
  access,
  chmod,
  chown,
  mkdir,
  open,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'pg';
import { z } from 'zod';
import { oneAtATime } from '../disk/oneAtATime';
import { readFileIfThere } from '../disk/readFileIfThere';
import { writeFileAtomically } from '../disk/writeFileAtomically';
import { findFreePort } from '../exec/freePort';
import { minimalEnvironment } from '../exec/minimalEnvironment';
import { processIdentity } from '../exec/processIdentity';
import { runProcessOrFail } from '../exec/runProcess';
import type { UserIds } from '../exec/unprivilegedUser';
import type { LocalPostgresOptions } from './localPostgresOptions';
import {
  withClient,
  type PostgresAccess,
  type PostgresEndpoint,
} from './PostgresAccess';
import { findPostgresPackage, installBinaries } from './postgresBinaries';
import { postgresUser } from './postgresUser';
import { makeServerFolder, serverFolder } from './serverFolder';

const HOST = '127.0.0.1';
const ADMIN = 'agentic_admin';
const START_TIMEOUT_MS = 60_000;

const ServerState = z.object({
  password: z.string(),
  port: z.number().int().optional(),
  pid: z.number().int().optional(),
  identity: z.string().optional(),
});
type ServerState = z.infer<typeof ServerState>;

/**
 * A PostgreSQL server of the local target's own, one for each data folder, listening on the loopback
 * interface only. It runs detached: it survives a restart of the portal, which then finds it again.
 */
export class EmbeddedPostgres implements PostgresAccess {
  readonly #options: LocalPostgresOptions;

  constructor(options: LocalPostgresOptions) {
    this.#options = options;
  }

  describe(): string {
    return `the PostgreSQL server of the local target, reachable from this machine only`;
  }

  async exists(): Promise<boolean> {
    const { folder } = await this.#place();
    return exists(path.join(folder, 'data', 'PG_VERSION'));
  }

  async isRunning(): Promise<boolean> {
    const { folder } = await this.#place();
    const state = await this.#readState(folder);
    return state !== undefined && this.#answers(folder, state);
  }

  async endpoint(): Promise<PostgresEndpoint> {
    const { port } = await this.#ensureRunning();
    return { host: HOST, port };
  }

  async withAdmin<T>(
    work: (client: Client) => Promise<T>,
    database: string = 'postgres',
  ): Promise<T> {
    const { port, password } = await this.#ensureRunning();
    return withClient(adminOf({ port, password }, database), work);
  }

  /** Stops the server, letting it write everything to disk. Its data stays. */
  async stop(): Promise<void> {
    const { folder } = await this.#place();
    await oneAtATime(folder, async () => {
      const state = await this.#readState(folder);
      if (!state?.pid || processIdentity(state.pid) !== state.identity) {
        return;
      }
      // SIGINT is PostgreSQL's fast shutdown.
      process.kill(state.pid, 'SIGINT');
      const deadline = Date.now() + 20_000;
      while (processIdentity(state.pid) === state.identity) {
        if (Date.now() > deadline) {
          throw new Error(
            `The PostgreSQL server with process id ${state.pid} did not stop within 20 s; look at ${folder}/postgres.log`,
          );
        }
        await wait(50);
      }
    });
  }

  async #place(): Promise<{ folder: string; user: UserIds | undefined }> {
    const user = await postgresUser();
    return { folder: await serverFolder(this.#options.dataDir, user), user };
  }

  async #readState(folder: string): Promise<ServerState | undefined> {
    const text = await readFileIfThere(path.join(folder, 'server.json'));
    return text === undefined ? undefined : ServerState.parse(JSON.parse(text));
  }

  async #writeState(folder: string, state: ServerState): Promise<void> {
    await writeFileAtomically(
      path.join(folder, 'server.json'),
      JSON.stringify(state),
    );
  }

  /** Whether our own server answers: the right process, the right password and the right data folder. */
  async #answers(folder: string, state: ServerState): Promise<boolean> {
    const { port, pid, identity, password } = state;
    if (!port || !pid || processIdentity(pid) !== identity) {
      return false;
    }
    try {
      return await withClient(
        adminOf({ port, password }, 'postgres'),
        async client => {
          const shown = await client.query<{ data_directory: string }>(
            'show data_directory',
          );
          return (
            path.resolve(shown.rows[0].data_directory) ===
            path.join(folder, 'data')
          );
        },
      );
    } catch {
      return false;
    }
  }

  async #ensureRunning(): Promise<{ port: number; password: string }> {
    const { folder, user } = await this.#place();
    return oneAtATime(folder, async () => {
      const state = await this.#readState(folder);
      if (state?.port && (await this.#answers(folder, state))) {
        return { port: state.port, password: state.password };
      }
      return this.#start(folder, user);
    });
  }

  async #start(
    folder: string,
    user: UserIds | undefined,
  ): Promise<{ port: number; password: string }> {
    await mkdir(this.#options.dataDir, { recursive: true });
    await makeServerFolder(folder, user);
    const binaries = await installBinaries(await findPostgresPackage(), folder);
    const before = await this.#initialise(folder, binaries, user);
    const port = await findFreePort({
      wanted: before.port ? [before.port] : [],
      ...this.#options.portRange,
    });
    const log = path.join(folder, 'postgres.log');
    const output = await open(log, 'w', 0o600);
    try {
      const server = spawn(
        path.join(binaries, 'bin', 'postgres'),
        [
          ...['-D', path.join(folder, 'data'), '-p', String(port)],
          ...[
            `listen_addresses=${HOST}`,
            'unix_socket_directories=',
            'shared_buffers=32MB',
            'max_connections=100',
            'log_min_error_statement=panic',
          ].flatMap(setting => ['-c', setting]),
        ],
        {
          cwd: '/',
          detached: true,
          env: minimalEnvironment({ TZ: 'UTC' }),
          stdio: ['ignore', output.fd, output.fd],
          ...user,
        },
      );
      server.on('error', () => undefined);
      server.unref();
      const pid = server.pid;
      const identity = pid === undefined ? undefined : processIdentity(pid);
      const state = { ...before, port, pid, identity };
      await this.#writeState(folder, state);
      await this.#awaitAnswer(folder, state, log);
      return { port, password: state.password };
    } finally {
      await output.close();
    }
  }

  async #awaitAnswer(
    folder: string,
    state: ServerState,
    log: string,
  ): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!(await this.#answers(folder, state))) {
      const dead = !state.pid || !processIdentity(state.pid);
      if (dead || Date.now() > deadline) {
        const said = (await readFileIfThere(log)) ?? '';
        throw new Error(
          `The PostgreSQL server ${
            dead ? 'ended at once' : 'did not answer in time'
          }; it said: ${said.trim().slice(-1000) || 'nothing'}`,
        );
      }
      await wait(50);
    }
  }

  /** Makes the data folder, whole or not at all. */
  async #initialise(
    folder: string,
    binaries: string,
    user: UserIds | undefined,
  ): Promise<ServerState> {
    const data = path.join(folder, 'data');
    const known = await this.#readState(folder);
    if (known && (await exists(path.join(data, 'PG_VERSION')))) {
      return known;
    }
    const state = { password: randomBytes(24).toString('base64url') };
    const staging = path.join(folder, `data.${randomUUID()}.new`);
    const passwordFile = path.join(folder, `password.${randomUUID()}`);
    try {
      await mkdir(staging, { mode: 0o700 });
      await writeFile(passwordFile, `${state.password}\n`, { mode: 0o600 });
      if (user) {
        await chown(staging, user.uid, user.gid);
        await chown(passwordFile, user.uid, user.gid);
      }
      await chmod(staging, 0o700);
      await runProcessOrFail({
        program: path.join(binaries, 'bin', 'initdb'),
        args: [
          `--pgdata=${staging}`,
          `--username=${ADMIN}`,
          `--pwfile=${passwordFile}`,
          '--auth=scram-sha-256',
          '--encoding=UTF8',
          '--locale=C',
          '--locale-provider=builtin',
          '--builtin-locale=C.UTF-8',
          '--no-sync',
          '--no-instructions',
        ],
        cwd: '/',
        env: minimalEnvironment({ TZ: 'UTC' }),
        timeoutMs: 120_000,
        ...user,
      });
      if (await exists(data)) {
        // Data without its password: kept, for it may be somebody's only copy.
        await rename(data, `${data}.${Date.now()}.set-aside`);
      }
      await this.#writeState(folder, state);
      await rename(staging, data);
      return state;
    } finally {
      await rm(passwordFile, { force: true });
      await rm(staging, { recursive: true, force: true });
    }
  }
}

function adminOf(
  server: { port: number; password: string },
  database: string,
): ConstructorParameters<typeof Client>[0] {
  return {
    host: HOST,
    user: ADMIN,
    database,
    ...server,
    connectionTimeoutMillis: 5_000,
  };
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
