import type { Pool } from 'pg';
import { MAIL_TOPIC } from './drivenPrograms';

// The statements of our own against tables of DBOS 5.3.0, all in this file: they are what to look
// at when DBOS is upgraded. Everything else goes through its API.

/**
 * Marks all waiting mail of a run as read, so that several mails cause one look. Only as long as
 * `ownerToken` still owns the run: an execution that has lost it must not swallow its heir's mail.
 */
export async function readAllMail(
  pool: Pool,
  schema: string,
  runId: string,
  ownerToken: string,
): Promise<void> {
  await pool.query(
    `UPDATE "${schema}".notifications SET consumed = true
      WHERE destination_uuid = $1 AND topic = $2 AND consumed = false
        AND EXISTS (SELECT 1 FROM "${schema}".workflow_status
                     WHERE workflow_uuid = $1 AND owner_xid = $3)`,
    [runId, MAIL_TOPIC, ownerToken],
  );
}

/** Those of the runs that have unread mail. */
export async function runsWithMail(
  pool: Pool,
  schema: string,
  runIds: string[],
): Promise<string[]> {
  const { rows } = await pool.query<{ destination_uuid: string }>(
    `SELECT DISTINCT destination_uuid FROM "${schema}".notifications
      WHERE destination_uuid = ANY($1::text[]) AND topic = $2 AND consumed = false`,
    [runIds, MAIL_TOPIC],
  );
  return rows.map(row => row.destination_uuid);
}

/** Every executor that a run under way is assigned to. */
export async function executorsWithRuns(
  pool: Pool,
  schema: string,
): Promise<string[]> {
  const { rows } = await pool.query<{ executor_id: string }>(
    `SELECT DISTINCT executor_id FROM "${schema}".workflow_status
      WHERE status = 'PENDING' AND executor_id IS NOT NULL`,
  );
  return rows.map(row => row.executor_id);
}

/**
 * Has DBOS begin after its first migration, which makes the schema: that statement needs the right to
 * create schemas also where the schema is there, and many a database grants nobody that right.
 */
export async function skipSchemaCreation(
  pool: Pool,
  schema: string,
): Promise<void> {
  const table = `"${schema}".dbos_migrations`;
  // As DBOS's second migration makes it, which passes over a table that is there.
  await pool.query(
    `CREATE TABLE IF NOT EXISTS ${table} (
       "version" bigint NOT NULL, CONSTRAINT "dbos_migrations_pkey" PRIMARY KEY ("version")
     )`,
  );
  await pool.query(
    `INSERT INTO ${table} ("version")
     SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM ${table})`,
  );
}
