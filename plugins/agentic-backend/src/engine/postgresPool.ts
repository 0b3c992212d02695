import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { Client, Pool, type ClientBase, type PoolConfig } from 'pg';

const CONNECT_TIMEOUT_MS = 10_000;
const IDLE_TRANSACTION_MS = 5000;
const NOTIFICATION_WAIT_MS = 1500;
const PROBE_CHANNEL = 'agentic_engine_probe';

/** How connections of the engine are made and what they are told at their beginning. */
export interface EngineConnections {
  readonly connection: PoolConfig;
  /** Taken by each connection, as Backstage has those of plugins do. */
  readonly role?: string;
  /** Whether a connection keeps its settings; not so behind a transaction pooler, where they reach strangers. */
  readonly keepsSession: boolean;
  readonly logger: LoggerService;
}

function settingsOf(connection: PoolConfig): PoolConfig {
  return {
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    ...connection,
    // Always our own name: whose connections these are is asked in the server.
    application_name: 'agentic-engine',
  };
}

/**
 * A pool of at most `max` connections that survives the server's restarts: a lost connection is
 * logged, and a transaction that a frozen process leaves open is ended by the server after 5 s.
 */
export function createPostgresPool(
  options: EngineConnections & { max: number },
): Pool {
  const { connection, role, keepsSession, max, logger } = options;
  const config: PoolConfig & { onConnect(client: ClientBase): Promise<void> } =
    {
      ...settingsOf(connection),
      max,
      min: 0,
      // As statements and not at the start of the connection: poolers refuse unknown start options.
      onConnect: async client => {
        if (role !== undefined) {
          await client.query(`SET ROLE ${client.escapeIdentifier(role)}`);
        }
        if (keepsSession) {
          await client.query(
            `SET idle_in_transaction_session_timeout = ${IDLE_TRANSACTION_MS}`,
          );
        }
      },
    };
  const pool = new Pool(config);
  pool.on('error', error =>
    logger.warn(`A connection to the engine database was lost: ${error}`),
  );
  return pool;
}

/** Whether a notification sent on one connection reaches another: not so behind a transaction pooler. */
export async function notificationsArrive(
  connection: PoolConfig,
): Promise<boolean> {
  const [listener, sender] = [1, 2].map(
    () => new Client(settingsOf(connection)),
  );
  let arrived = false;
  try {
    for (const client of [listener, sender]) {
      // What breaks here breaks a query as well, which tells more.
      client.on('error', () => undefined);
      await client.connect();
    }
    listener.on('notification', () => {
      arrived = true;
    });
    await listener.query(`LISTEN ${PROBE_CHANNEL}`);
    await sender.query(`NOTIFY ${PROBE_CHANNEL}`);
    const deadline = Date.now() + NOTIFICATION_WAIT_MS;
    while (!arrived && Date.now() < deadline) {
      await sleep(10);
    }
    await listener.query(`UNLISTEN ${PROBE_CHANNEL}`);
    return arrived;
  } finally {
    await Promise.all(
      [listener.end(), sender.end()].map(end => end.catch(() => undefined)),
    );
  }
}
