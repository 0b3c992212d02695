import type { Knex } from 'knex';
import type { TaskRow } from '../database/tables';
import type { TaskRun } from './WorkflowEngine';

const TTL_MS = 5000;
const RENEW_MS = 1000;

/**
 * The right of one process to work on one task. A process that dies or freezes loses it after five
 * seconds; one that finds it lost aborts its work and writes nothing.
 */
export class TaskLease {
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #renewedAt = Date.now();

  private constructor(
    private readonly knex: Knex,
    private readonly owner: string,
    private readonly run: TaskRun,
  ) {}

  /** Takes the lease, or answers until when another process holds it (milliseconds since the epoch). */
  static async acquire(
    knex: Knex,
    owner: string,
    run: TaskRun,
  ): Promise<{ lease: TaskLease } | { heldUntil: number }> {
    const lease = new TaskLease(knex, owner, run);
    if (await lease.#renew(true)) {
      lease.#timer = setInterval(() => {
        if (Date.now() - lease.#renewedAt > TTL_MS - RENEW_MS) {
          lease.#lose('the right to this task could not be renewed');
          return;
        }
        lease.#renew(false).then(
          held =>
            held || lease.#lose('another process has taken over this task'),
          // The database is away: the next renewals try again, until it is too late.
          () => undefined,
        );
      }, RENEW_MS);
      return { lease };
    }
    const row = await knex<TaskRow>('tasks')
      .where({ workflow_id: run.workflowId, task_id: run.taskId })
      .first();
    return { heldUntil: Number(row?.lease_until ?? 0) };
  }

  /** Aborts when the lease is lost or the workflow is cancelled. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Inside a transaction: is the task still this process's, in this attempt and in this state? */
  async isHeld(
    trx: Knex.Transaction,
    status: TaskRow['status'],
  ): Promise<boolean> {
    const row = await trx<TaskRow>('tasks')
      .where({ workflow_id: this.run.workflowId, task_id: this.run.taskId })
      .first();
    return (
      row !== undefined &&
      row.attempt === this.run.attempt &&
      row.status === status &&
      row.lease_owner === this.owner
    );
  }

  /** Gives the lease back. */
  async release(): Promise<void> {
    clearInterval(this.#timer);
    await this.knex<TaskRow>('tasks')
      .where({
        workflow_id: this.run.workflowId,
        task_id: this.run.taskId,
        lease_owner: this.owner,
      })
      .update({ lease_owner: null, lease_until: null });
  }

  #lose(reason: string): void {
    clearInterval(this.#timer);
    this.#controller.abort(new Error(reason));
  }

  async #renew(first: boolean): Promise<boolean> {
    const now = Date.now();
    const { workflowId, taskId, attempt } = this.run;
    const changed = await this.knex<TaskRow>('tasks')
      .where({ workflow_id: workflowId, task_id: taskId, attempt })
      .andWhere(free => {
        free.where('lease_owner', this.owner);
        if (first)
          free.orWhereNull('lease_owner').orWhere('lease_until', '<', now);
      })
      .update({ lease_owner: this.owner, lease_until: now + TTL_MS });
    if (changed === 1) {
      this.#renewedAt = now;
    }
    if (changed === 1 && !first) {
      const workflow = await this.knex('workflows')
        .where('id', workflowId)
        .first('cancel_reason');
      if (workflow && workflow.cancel_reason !== null) {
        // The lease goes on being renewed until the work has wound down and gives it back.
        this.#controller.abort(new Error('the workflow was cancelled'));
      }
    }
    return changed === 1;
  }
}
