import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { PoolConfig } from 'pg';
import { executorsWithRuns, skipSchemaCreation } from './dbosTables';
import type { EngineDatabase, OpenEngineDatabase } from './EngineDatabase';
import { FEWEST_CONNECTIONS } from './engineConfig';
import { Heartbeat } from './Heartbeat';
import { withLaunchLock } from './launchLock';
import { createPostgresPool, notificationsArrive } from './postgresPool';
import { within } from './within';

const CONTROL_CONNECTIONS = 2;
const MAIL_CHECK_MS = 10_000;

/** How the engine uses a PostgreSQL server. */
export interface PostgresDatabaseOptions {
  /** As for `pg`: host, user, TLS, a password or a function that fetches one, and so on. */
  readonly connection: PoolConfig;
  /** The role that each connection takes, where it is not the user itself. */
  readonly role?: string;
  /** The schema that holds the engine's tables; made if it is missing. Default `agentic_engine`. */
  readonly schema?: string;
  /** The most connections this process opens for the engine, at least 4. Default 12. */
  readonly maxConnections?: number;
  /** How often a process says that it lives. Default 1 s. */
  readonly heartbeatMs?: number;
  /** After how long a silence its runs are taken over. Default 3 s. */
  readonly deadAfterMs?: number;
  /** How often to look for mail where LISTEN does not work, behind PgBouncer say. Default 1 s. */
  readonly pollMs?: number;
}

/** The engine's database in a schema of a PostgreSQL server, shared by any number of processes. */
export class PostgresDatabase implements EngineDatabase {
  readonly #options: PostgresDatabaseOptions;
  readonly #logger: LoggerService;

  constructor(options: PostgresDatabaseOptions & { logger: LoggerService }) {
    this.#options = options;
    this.#logger = options.logger;
    if (!/^[a-z_][a-z0-9_]{0,62}$/.test(options.schema ?? 'agentic_engine')) {
      throw new InputError(
        `The engine's schema '${options.schema}' is not a plain name: use lower-case letters, digits and _`,
      );
    }
  }

  async open(executorId: string): Promise<OpenEngineDatabase> {
    const {
      connection,
      role,
      schema = 'agentic_engine',
      maxConnections = 12,
      heartbeatMs = 1000,
      deadAfterMs = 3000,
      pollMs = 1000,
    } = this.#options;
    const total = Math.max(maxConnections, FEWEST_CONNECTIONS);
    const listens = await notificationsArrive(connection);
    if (!listens) {
      this.#logger.info(
        `Notifications do not arrive from the engine database (a transaction pooler?): looking for mail every ${pollMs} ms`,
      );
    }
    // Two pools: when the runs have all connections of theirs in use, the heartbeat still beats.
    const [pool, control] = [
      total - CONTROL_CONNECTIONS,
      CONTROL_CONNECTIONS,
    ].map(max =>
      createPostgresPool({
        connection,
        role,
        max,
        keepsSession: listens,
        logger: this.#logger,
      }),
    );
    const heartbeat = new Heartbeat({
      pool: control,
      schema,
      executorId,
      heartbeatMs,
      deadAfterMs,
      logger: this.#logger,
    });
    const close = async () => {
      await heartbeat.stop();
      for (const each of [pool, control]) {
        await within(3000, 'Closing the engine database', each.end()).catch(
          error => this.#logger.warn(`${error}`),
        );
      }
    };
    return {
      pool,
      schema,
      mailCheckMs: listens ? MAIL_CHECK_MS : pollMs,
      launching: launch =>
        withLaunchLock({ pool: control, schema }, async () => {
          await heartbeat.start();
          await skipSchemaCreation(control, schema);
          await launch();
        }),
      watchExecutors: async takeOver =>
        heartbeat.watch(takeOver, () => executorsWithRuns(pool, schema)),
      checkHealth: async () => {
        await within(5000, 'The engine database', pool.query('SELECT 1'));
        heartbeat.checkHealth();
      },
      close,
    };
  }

  async recoverFromFailedLaunch(): Promise<boolean> {
    return false;
  }
}
