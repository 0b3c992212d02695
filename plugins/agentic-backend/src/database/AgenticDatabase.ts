import {
  type DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  appendAllToRecord,
  type NewChange,
} from '../changeRecord/ChangeRecord';
import { EventLog } from './EventLog';
import { keepPrepared } from './keepPrepared';
import { migrateToLatest } from './migrateToLatest';
import { requireKeptSchema } from './requireKeptSchema';
import { WorkflowRow } from './tables';

const migrationsDirectory = resolvePackagePath(
  '@agentic-backstage/plugin-agentic-backend',
  'migrations',
);

/** A transaction that holds the row of one workflow. All its writes and events are committed together. */
export interface WorkflowTransaction {
  readonly trx: Knex.Transaction;
  /** The row as it was when the transaction began. */
  readonly workflow: WorkflowRow;
  readonly events: EventLog;
  /** Changes columns of the workflow's row; `updated_at` follows by itself. */
  update(changes: Partial<WorkflowRow>): void;
  /** Puts a change of this workflow on record, together with everything else. */
  record(change: Omit<NewChange, 'chain'>): void;
  /** Runs after the commit, and only then. */
  afterCommit(action: () => void): void;
}

/**
 * The plugin database. Work on one workflow goes through {@link AgenticDatabase.withWorkflow}, which
 * serialises it: PostgreSQL by a row lock, SQLite by having one connection.
 */
export class AgenticDatabase {
  readonly knex: Knex;
  readonly #listeners = new Set<(workflowId: string, seq: number) => void>();

  private constructor(knex: Knex) {
    this.knex = knex;
  }

  /** Connects and brings the schema up to date, unless the operator has switched migrations off. */
  static async create(database: DatabaseService): Promise<AgenticDatabase> {
    const knex = await database.getClient();
    await requireKeptSchema(knex);
    if (!database.migrations?.skip) {
      await migrateToLatest(knex, migrationsDirectory);
    }
    const created = new AgenticDatabase(knex);
    if (!created.isShared) {
      // SQLite runs in this very thread: a sync of the disk at each commit would hold up every request.
      // A killed process loses nothing this way; a power cut may lose the last commits, not the file.
      await knex.raw('PRAGMA journal_mode = WAL');
      await knex.raw('PRAGMA synchronous = NORMAL');
      await keepPrepared(knex);
    }
    return created;
  }

  /** True on a database that several processes can share. */
  get isShared(): boolean {
    return this.knex.client.config.client === 'pg';
  }

  /** Calls the listener after each commit that added events, with the last sequence number. Answers how to stop. */
  onEvents(listener: (workflowId: string, seq: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells the listeners of {@link AgenticDatabase.onEvents}. */
  announce(workflowId: string, seq: number): void {
    for (const listener of this.#listeners) {
      listener(workflowId, seq);
    }
  }

  /** Runs the action with the workflow's row locked. Throws `NotFoundError` when there is none. */
  async withWorkflow<T>(
    workflowId: string,
    action: (tx: WorkflowTransaction) => Promise<T>,
  ): Promise<T> {
    const after: Array<() => void> = [];
    let lastSeq = 0;
    const answer = await this.knex.transaction(async trx => {
      const query = trx<WorkflowRow>('workflows').where('id', workflowId);
      const workflow = await (this.isShared
        ? query.forUpdate()
        : query
      ).first();
      if (!workflow) {
        throw new NotFoundError(
          `No workflow '${workflowId}'; check the id, or list the workflows you may see`,
        );
      }
      const events = new EventLog(trx, workflow);
      let changes: Partial<WorkflowRow> = {};
      const recorded: NewChange[] = [];
      const result = await action({
        trx,
        workflow,
        events,
        update: more => {
          changes = { ...changes, ...more };
        },
        record: change => recorded.push({ chain: workflowId, ...change }),
        afterCommit: callback => after.push(callback),
      });
      lastSeq = await events.flush();
      if (lastSeq > 0) {
        changes.last_event_seq = lastSeq;
      }
      if (Object.keys(changes).length > 0) {
        await trx<WorkflowRow>('workflows')
          .where('id', workflowId)
          .update({ ...changes, updated_at: new Date().toISOString() });
      }
      await appendAllToRecord(trx, recorded);
      return result;
    });
    if (lastSeq > 0) {
      this.announce(workflowId, lastSeq);
    }
    after.forEach(callback => callback());
    return answer;
  }
}
