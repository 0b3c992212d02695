import type { LoggerService } from '@backstage/backend-plugin-api';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { AgenticDatabase } from '../database/AgenticDatabase';

const BEAT_MS = 10_000;
const SILENT_MS = 45_000;

interface ReplicaRow {
  id: string;
  host: string;
  pid: number;
  /** Milliseconds since the epoch; PostgreSQL answers bigint as text. */
  beat_at: number | string;
}

/**
 * Says in a table that this process works on the plugin's database, and counts those that do.
 * A database that only one process can use needs no table: there is one.
 */
export class Replicas {
  readonly #id = randomUUID();
  readonly #database: AgenticDatabase;
  readonly #logger: LoggerService;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: { database: AgenticDatabase; logger: LoggerService }) {
    this.#database = options.database;
    this.#logger = options.logger;
  }

  /** Writes this process's row and keeps it fresh until `stop`. */
  async start(): Promise<void> {
    if (!this.#database.isShared) {
      return;
    }
    await this.#forgetDead();
    await this.#beat();
    this.#timer = setInterval(() => {
      this.#beat().catch(error =>
        this.#logger.warn('Could not say that this replica lives', error),
      );
    }, BEAT_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#database.isShared) {
      await this.#table().where('id', this.#id).delete();
    }
  }

  /** How many processes work on the database now, this one included. */
  async count(): Promise<number> {
    if (!this.#database.isShared) {
      return 1;
    }
    const others = await this.#table()
      .whereNot('id', this.#id)
      .andWhere('beat_at', '>', Date.now() - SILENT_MS);
    return others.length + 1;
  }

  async #beat(): Promise<void> {
    await this.#table()
      .insert({
        id: this.#id,
        host: hostname(),
        pid: process.pid,
        beat_at: Date.now(),
      })
      .onConflict('id')
      .merge();
    await this.#table()
      .where('beat_at', '<', Date.now() - SILENT_MS)
      .delete();
  }

  /** A process of this machine that was killed left its row behind; waiting for it to go stale would be for nothing. */
  async #forgetDead(): Promise<void> {
    const rows = await this.#table().where('host', hostname());
    const dead = rows.filter(({ pid }) => !isAlive(pid)).map(({ id }) => id);
    await this.#table().whereIn('id', dead).delete();
  }

  #table() {
    return this.#database.knex<ReplicaRow>('replicas');
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
