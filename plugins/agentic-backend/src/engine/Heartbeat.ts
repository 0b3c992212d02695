import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { Pool } from 'pg';

const UNHEALTHY_BEATS = 10;

/**
 * Says in a table that this executor lives, and finds those that do no more.
 *
 * 1. `start` writes the executor's row, before it can hold any run; each beat renews it.
 * 2. Each beat also deletes the rows of executors that have been silent for `deadAfterMs`, by the
 *    database's clock; of several processes one deletes a given row.
 * 3. An executor that holds runs and has no row is dead: its runs are taken over.
 *
 * A process that was frozen and comes back finds its row gone and writes it anew. Its old runs have
 * another owner by then: DBOS refuses to store their steps, and the step it froze in is covered by
 * the program's own lease.
 */
export class Heartbeat {
  #timer?: NodeJS.Timeout;
  #beating: Promise<void> = Promise.resolve();
  #lastBeat = 0;
  #watchAfter = 0;
  #stopped = false;
  #watcher?: {
    takeOver: (deadIds: string[]) => Promise<void>;
    holders: () => Promise<string[]>;
  };

  constructor(
    private readonly options: {
      pool: Pool;
      schema: string;
      executorId: string;
      heartbeatMs: number;
      deadAfterMs: number;
      logger: LoggerService;
    },
  ) {}

  async start(): Promise<void> {
    const { pool, schema } = this.options;
    // CREATE SCHEMA asks for the right to create even where the schema exists, hence the question.
    const found = await pool.query(
      'SELECT 1 FROM pg_namespace WHERE nspname = $1',
      [schema],
    );
    if (found.rows.length === 0) {
      await pool.query(`CREATE SCHEMA IF NOT EXISTS "${schema}"`);
    }
    await pool.query(
      `CREATE TABLE IF NOT EXISTS ${this.#table} (
         executor_id text PRIMARY KEY,
         beat_at timestamptz NOT NULL
       )`,
    );
    await this.#beat();
    this.#schedule();
  }

  /** Starts to hand dead executors that hold runs to `takeOver`. */
  watch(
    takeOver: (deadIds: string[]) => Promise<void>,
    holders: () => Promise<string[]>,
  ): void {
    this.#watcher = { takeOver, holders };
  }

  checkHealth(): void {
    const silence = Date.now() - this.#lastBeat;
    if (silence > UNHEALTHY_BEATS * this.options.heartbeatMs) {
      throw new ServiceUnavailableError(
        `The engine could not write its heartbeat for ${silence} ms: check the connection to its database`,
      );
    }
  }

  /** Removes the row, so that others take over at once instead of after a silence. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#beating;
    await this.options.pool
      .query(`DELETE FROM ${this.#table} WHERE executor_id = $1`, [
        this.options.executorId,
      ])
      .catch(error =>
        this.options.logger.debug(`Could not remove the heartbeat: ${error}`),
      );
  }

  get #table(): string {
    return `"${this.options.schema}".executor_heartbeat`;
  }

  #schedule(): void {
    this.#timer = setTimeout(() => {
      this.#beating = this.#beatAndWatch().then(() => {
        if (!this.#stopped) {
          this.#schedule();
        }
      });
    }, this.options.heartbeatMs);
    this.#timer.unref();
  }

  async #beatAndWatch(): Promise<void> {
    try {
      await this.#beat();
      if (Date.now() >= this.#watchAfter) {
        await this.#findDead();
      }
    } catch (error) {
      this.options.logger.warn(`The engine's heartbeat failed: ${error}`);
    }
  }

  async #beat(): Promise<void> {
    const { pool, executorId, deadAfterMs, logger } = this.options;
    const { rows } = await pool.query<{ inserted: boolean }>(
      `INSERT INTO ${this.#table} (executor_id, beat_at) VALUES ($1, now())
       ON CONFLICT (executor_id) DO UPDATE SET beat_at = now()
       RETURNING (xmax = 0) AS inserted`,
      [executorId],
    );
    const silence = this.#lastBeat ? Date.now() - this.#lastBeat : 0;
    if (this.#lastBeat && rows[0].inserted) {
      logger.warn(
        `This process was silent for ${silence} ms and taken for dead: others have taken over its runs`,
      );
    }
    if (silence > deadAfterMs) {
      // What kept us from the database may have kept the others too: give them time to come back.
      this.#watchAfter = Date.now() + deadAfterMs;
    }
    this.#lastBeat = Date.now();
  }

  async #findDead(): Promise<void> {
    const { pool, deadAfterMs } = this.options;
    await pool.query(
      `DELETE FROM ${this.#table}
        WHERE beat_at < now() - make_interval(secs => $1)`,
      [deadAfterMs / 1000],
    );
    if (!this.#watcher) {
      return;
    }
    // The holders first: one that appears after them has written its row before it held anything.
    const holders = await this.#watcher.holders();
    const { rows } = await pool.query<{ executor_id: string }>(
      `SELECT executor_id FROM ${this.#table}`,
    );
    const living = new Set(rows.map(row => row.executor_id));
    const dead = holders.filter(id => !living.has(id));
    if (dead.length > 0 && !this.#stopped) {
      await this.#watcher.takeOver(dead);
    }
  }
}
