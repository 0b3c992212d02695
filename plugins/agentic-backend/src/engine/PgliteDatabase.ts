import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { DataFolderLock } from './DataFolderLock';
import { executorsWithRuns } from './dbosTables';
import type { EngineDatabase, OpenEngineDatabase } from './EngineDatabase';
import { PglitePool } from './PglitePool';
import { PgliteThread } from './PgliteThread';
import { within } from './within';

const SCHEMA = 'agentic_engine';
const MAIL_CHECK_MS = 10_000;
// A launch takes seconds. One that does not end at all is an error to be told, not waited for.
const LONGEST_LAUNCH_MS = 180_000;

/**
 * The engine's database as files in a folder, read and written by PGlite in a thread of this process. What it
 * holds can be rebuilt from the plugin database, so a folder that cannot be read is put aside and
 * an empty one takes its place.
 */
export class PgliteDatabase implements EngineDatabase {
  readonly #logger: LoggerService;
  readonly #folder: string;
  #puttingAside = false;

  constructor(options: { dataFolder: string; logger: LoggerService }) {
    this.#logger = options.logger;
    this.#folder = options.dataFolder;
  }

  async open(executorId: string): Promise<OpenEngineDatabase> {
    const lock = await DataFolderLock.acquire(join(this.#folder, 'lock.json'));
    try {
      return await this.#openLocked(lock, executorId);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  async recoverFromFailedLaunch(error: unknown): Promise<boolean> {
    if (!this.#puttingAside) {
      return false;
    }
    this.#puttingAside = false;
    const aside = join(this.#folder, `unreadable-${Date.now()}`);
    await rename(this.#files, aside);
    this.#logger.error(
      `The engine's data could not be read and is now in ${aside}; starting with an empty engine, whose runs are started again from the plugin database: ${error}`,
    );
    return true;
  }

  get #files(): string {
    return join(this.#folder, 'pgdata');
  }

  async #openLocked(
    lock: DataFolderLock,
    executorId: string,
  ): Promise<OpenEngineDatabase> {
    await mkdir(this.#files, { recursive: true });
    // Whatever fails between here and a launched DBOS is taken for damaged files, once.
    this.#puttingAside = true;
    const database = await PgliteThread.open(this.#files);
    const pool = new PglitePool(database);
    const close = async () => {
      await within(3000, 'Closing the engine database', pool.end()).catch(
        error => this.#logger.warn(`${error}`),
      );
      await database.close().catch(error => this.#logger.warn(`${error}`));
      await lock.release();
    };
    return {
      pool: pool.asPgPool(),
      schema: SCHEMA,
      mailCheckMs: MAIL_CHECK_MS,
      launching: launch =>
        within(LONGEST_LAUNCH_MS, 'Launching on the data folder', launch()),
      watchExecutors: async takeOver => {
        this.#puttingAside = false;
        // The lock says that nobody else is alive, so every other executor is dead.
        const all = await executorsWithRuns(pool.asPgPool(), SCHEMA);
        const dead = all.filter(id => id !== executorId);
        if (dead.length > 0) {
          await takeOver(dead);
        }
      },
      checkHealth: async () => {
        await within(5000, 'The engine database', pool.query('SELECT 1'));
      },
      close,
    };
  }
}
