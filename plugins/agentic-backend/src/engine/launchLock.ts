import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';

const LONGEST_LAUNCH_MS = 120_000;
const SIGN_OF_LIFE_MS = 500;

/**
 * Runs `launch` in one process at a time. The lock belongs to a transaction, which holds through a
 * transaction pooler too, and it is asked for again and again: waiting inside the server would keep
 * a snapshot open on which the index builds of the process that launches wait in turn.
 */
export async function withLaunchLock(
  options: { pool: Pool; schema: string },
  launch: () => Promise<void>,
): Promise<void> {
  const { pool, schema } = options;
  const key = createHash('sha256')
    .update(`agentic-engine-launch:${schema}`)
    .digest()
    .readBigInt64BE(0)
    .toString();
  const client = await pool.connect();
  const onError = () => {};
  // The lock goes with its connection; the launch itself then fails or succeeds on its own.
  client.on('error', onError);
  let awake: NodeJS.Timeout | undefined;
  try {
    for (;;) {
      await client.query('BEGIN');
      await client.query(
        `SET LOCAL idle_in_transaction_session_timeout = ${LONGEST_LAUNCH_MS}`,
      );
      const { rows } = await client.query<{ locked: boolean }>(
        // Without parameters: with them, the transaction would keep this statement's snapshot, and
        // the index builds of the launch would wait for it for ever.
        `SELECT pg_try_advisory_xact_lock(${key}) AS locked`,
      );
      if (rows[0].locked) {
        break;
      }
      await client.query('ROLLBACK');
      await sleep(100 + Math.random() * 200);
    }
    // A pooler may end transactions in which nothing happens.
    awake = setInterval(() => {
      client.query('SELECT 1').catch(() => {});
    }, SIGN_OF_LIFE_MS);
    await launch();
    clearInterval(awake);
    await client.query('COMMIT');
  } finally {
    clearInterval(awake);
    client.removeListener('error', onError);
    // Closed rather than returned: however the launch ended, the lock is free.
    client.release(true);
  }
}
