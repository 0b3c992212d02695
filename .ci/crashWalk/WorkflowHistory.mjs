import path from 'node:path';
import { createRequire } from 'node:module';

const Database = createRequire(import.meta.url)('better-sqlite3');

/**
 * Looks at a portal's database from outside, read only and without asking the
 * portal, so that what it sees is what a crash at this moment leaves behind.
 */
export class WorkflowHistory {
  #database;

  constructor(folder) {
    this.#database = new Database(path.join(folder, 'db', 'agentic.sqlite'), {
      readonly: true,
      fileMustExist: true,
      timeout: 5_000,
    });
  }

  /** The last sequence number of the workflow of a service; 0 before there is one. */
  lastStep(serviceName) {
    return this.#one(
      'select last_event_seq as seq from workflows where service_name = ?',
      serviceName,
    );
  }

  /** Every line of the history of a workflow, oldest first. */
  events(workflowId) {
    return this.#database
      .prepare(
        'select seq, time, type, task_id as taskId, message from workflow_events where workflow_id = ? order by seq',
      )
      .all(workflowId);
  }

  /** How many events of each type a workflow has sent or wants to send, and how many are not sent yet. */
  outbox(workflowId) {
    const rows = this.#database
      .prepare(
        "select kind, status, payload from outbox where instr(payload, ?) > 0 and kind = 'event'",
      )
      .all(workflowId);
    const sent = {};
    for (const { payload } of rows) {
      const type = JSON.parse(payload)['detail-type'];
      sent[type] = (sent[type] ?? 0) + 1;
    }
    return {
      sent,
      waiting: rows.filter(({ status }) => status !== 'delivered').length,
    };
  }

  close() {
    this.#database.close();
  }

  #one(query, ...values) {
    const row = this.#database.prepare(query).get(...values);
    return row ? Object.values(row)[0] : 0;
  }
}
