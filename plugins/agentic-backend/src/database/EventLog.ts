import {
  cleanText,
  type WorkflowEvent,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { redact, redactDeep } from '../runtime/redact';
import { fromNullableJson, isoNow, orUndefined } from './rows';
import type { WorkflowRow } from './tables';

/** One line to be added to a workflow's history. */
export type NewWorkflowEvent = Pick<WorkflowEvent, 'type' | 'message'> &
  Partial<Pick<WorkflowEvent, 'level' | 'taskId' | 'data' | 'time'>>;

interface WorkflowEventRow {
  workflow_id: string;
  seq: number;
  time: string;
  type: WorkflowEvent['type'];
  level: WorkflowEvent['level'];
  task_id: string | null;
  message: string;
  data: string | null;
}

const MAX_MESSAGE_LENGTH = 8000;

/**
 * The history of one workflow, written inside a transaction that holds the workflow's row, so that
 * sequence numbers have no gaps and appear in order.
 */
export class EventLog {
  readonly #trx: Knex.Transaction;
  readonly #workflow: WorkflowRow;
  readonly #pending: NewWorkflowEvent[] = [];

  constructor(trx: Knex.Transaction, workflow: WorkflowRow) {
    this.#trx = trx;
    this.#workflow = workflow;
  }

  /** Notes a line; it is written when the transaction ends. */
  add(event: NewWorkflowEvent): void {
    this.#pending.push(event);
  }

  /** Writes what was noted. Answers the last sequence number, or 0 when there was nothing. */
  async flush(): Promise<number> {
    if (this.#pending.length === 0) {
      return 0;
    }
    let seq = this.#workflow.last_event_seq;
    const rows = this.#pending.splice(0).map(event => ({
      workflow_id: this.#workflow.id,
      seq: ++seq,
      time: event.time ?? isoNow(),
      type: event.type,
      level: event.level ?? 'info',
      task_id: event.taskId ?? null,
      message: cleanText(redact(event.message)).slice(0, MAX_MESSAGE_LENGTH),
      data: event.data ? JSON.stringify(redactDeep(event.data)) : null,
    }));
    await this.#trx.batchInsert('workflow_events', rows, 50);
    return seq;
  }
}

/** Reads a workflow's history after a sequence number, oldest first. */
export async function readEvents(
  knex: Knex,
  workflowId: string,
  options: { after: number; limit: number },
): Promise<WorkflowEvent[]> {
  const rows = await knex<WorkflowEventRow>('workflow_events')
    .where('workflow_id', workflowId)
    .andWhere('seq', '>', options.after)
    .orderBy('seq')
    .limit(options.limit);
  return rows.map(row => ({
    seq: row.seq,
    workflowId: row.workflow_id,
    time: row.time,
    type: row.type,
    level: row.level,
    taskId: orUndefined(row.task_id),
    message: row.message,
    data: fromNullableJson<Record<string, unknown>>(row.data),
  }));
}
