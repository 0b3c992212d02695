import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { Pool, type ClientBase, type PoolConfig } from 'pg';

const CONNECT_TIMEOUT_MS = 10_000;
const IDLE_TRANSACTION_MS = 5000;
const NOTIFICATION_WAIT_MS = 1500;
const PROBE_CHANNEL = 'agentic_engine_probe';

/**
 * A pool of at most `max` connections that survives the server's restarts: a lost connection is
 * logged, and a transaction that a frozen process leaves open is ended by the server after 5 s.
 */
export function createPostgresPool(options: {
  connection: PoolConfig;
  max: number;
  logger: LoggerService;
}): Pool {
  const { connection, max, logger } = options;
  const config: PoolConfig & { onConnect(client: ClientBase): Promise<void> } =
    {
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      application_name: 'agentic-engine',
      ...connection,
      max,
      min: 0,
      // As a statement and not at the start of the connection: poolers refuse unknown start options.
      onConnect: async client => {
        await client.query(
          `SET idle_in_transaction_session_timeout = ${IDLE_TRANSACTION_MS}`,
        );
      },
    };
  const pool = new Pool(config);
  pool.on('error', error =>
    logger.warn(`A connection to the engine database was lost: ${error}`),
  );
  return pool;
}

/** Whether a notification sent on one connection reaches another: not so behind a transaction pooler. */
export async function notificationsArrive(pool: Pool): Promise<boolean> {
  const client = await pool.connect();
  let arrived = false;
  try {
    client.on('notification', () => {
      arrived = true;
    });
    await client.query(`LISTEN ${PROBE_CHANNEL}`);
    await pool.query(`NOTIFY ${PROBE_CHANNEL}`);
    const deadline = Date.now() + NOTIFICATION_WAIT_MS;
    while (!arrived && Date.now() < deadline) {
      await sleep(10);
    }
    await client.query(`UNLISTEN ${PROBE_CHANNEL}`);
    return arrived;
  } finally {
    client.removeAllListeners('notification');
    client.release();
  }
}
