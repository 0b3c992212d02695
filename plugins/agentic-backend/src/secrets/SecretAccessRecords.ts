import type {
  SecretAccessEntry,
  SecretAccessLog,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { appendToRecord } from '../changeRecord/ChangeRecord';
import { isoNow, orUndefined } from '../database/rows';

/** One use of a secret that is about to be put on record. */
export type NewSecretAccess = Omit<SecretAccessEntry, 'id' | 'at'>;

interface SecretAccessRow {
  id: number;
  at: string;
  action: SecretAccessEntry['action'];
  outcome: SecretAccessEntry['outcome'];
  reason: string | null;
  secret: string;
  version: number | null;
  actor: string;
  tool: string | null;
  workflow_id: string | null;
  task_id: string | null;
  requested_by: string | null;
  purpose: string;
}

const KINDS = {
  read: 'secret.read',
  conceal: 'secret.read',
  put: 'secret.written',
  rotate: 'secret.written',
  destroy: 'secret.deleted',
  issue: 'secret.issued',
  renew: 'secret.renewed',
  revoke: 'secret.revoked',
} as const;
const MAX_TEXT = 1000;

/** Who used which secret for what. Written before a value is handed out: without the entry there is none. */
export class SecretAccessRecords {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Puts a use into the access log and on the change record, both or neither. */
  async add(access: NewSecretAccess): Promise<void> {
    const { workflowId, ...payload } = access;
    await this.#knex.transaction(async trx => {
      await trx('secret_access').insert({
        at: isoNow(),
        action: access.action,
        outcome: access.outcome,
        reason: access.reason?.slice(0, MAX_TEXT) ?? null,
        secret: access.secret,
        version: access.version ?? null,
        actor: access.actor,
        tool: access.tool ?? null,
        workflow_id: workflowId ?? null,
        task_id: access.taskId ?? null,
        requested_by: access.requestedBy ?? null,
        purpose: access.purpose.slice(0, MAX_TEXT),
      });
      await appendToRecord(trx, {
        chain: workflowId ?? 'system',
        kind: KINDS[access.action],
        actor: access.actor,
        subject: access.secret,
        payload,
      });
    });
  }

  /** Reads the log, newest first. */
  async list(filter: {
    secret?: string;
    workflowId?: string;
    before?: number;
    limit: number;
  }): Promise<SecretAccessLog> {
    const query = this.#knex<SecretAccessRow>('secret_access')
      .orderBy('id', 'desc')
      .limit(filter.limit + 1);
    if (filter.secret !== undefined) {
      query.where('secret', filter.secret);
    }
    if (filter.workflowId !== undefined) {
      query.where('workflow_id', filter.workflowId);
    }
    if (filter.before !== undefined) {
      query.where('id', '<', filter.before);
    }
    const rows = await query;
    const shown = rows.slice(0, filter.limit);
    return {
      entries: shown.map(toEntry),
      ...(rows.length > shown.length && {
        before: shown[shown.length - 1].id,
      }),
    };
  }
}

function toEntry(row: SecretAccessRow): SecretAccessEntry {
  return {
    id: row.id,
    at: row.at,
    action: row.action,
    outcome: row.outcome,
    reason: orUndefined(row.reason),
    secret: row.secret,
    version: orUndefined(row.version),
    actor: row.actor,
    tool: orUndefined(row.tool),
    workflowId: orUndefined(row.workflow_id),
    taskId: orUndefined(row.task_id),
    requestedBy: orUndefined(row.requested_by),
    purpose: row.purpose,
  };
}
