import { randomUUID } from 'node:crypto';
import type { AgenticDatabase } from '../../database/AgenticDatabase';
import { isoNow } from '../../database/rows';
import type { TaskRow } from '../../database/tables';
import {
  describeStop,
  type KillSwitch,
  type TaskStatus,
} from '@agentic-backstage/plugin-agentic-common';
import type { WorkflowStore } from '../../database/WorkflowStore';
import { abortable } from '../abortable';
import type { InFlight } from '../guard/InFlight';
import type { Registry } from '../Registry';
import { MAX_SLEEP_MS, waitFor } from '../sleep';
import { TaskFailure, toTaskFailure } from '../TaskFailure';
import { TaskHold } from '../TaskHold';
import { TaskJournal } from '../TaskJournal';
import { TaskLease } from '../TaskLease';
import type { TaskAdvance, TaskRun } from '../WorkflowEngine';
import { failTask } from './failTask';
import { goOn } from './goOn';
import { holdBehind, KILL_SWITCH_GATE } from './holdBehind';
import { holdTask } from './holdTask';
import { settleTask } from './settleTask';
import type { HeldTask, StageRunner, TaskStage } from './TaskStage';

/** How long a task is kept after its stage has ended, for a tool that has not noticed yet. */
const IN_FLIGHT_PATIENCE_MS = 30_000;

/** Says whether an agent is stopped, and tells running work when it is. */
export interface StageStopper {
  stopOf(agent: string): Promise<KillSwitch | undefined>;
  watchOver(agent: string): { signal: AbortSignal; end: () => void };
}

/** The states of a task in which there is something to do, each with its runner. */
export type TaskStages = Readonly<
  Record<
    Extract<TaskStatus, 'preparing' | 'awaiting_approval' | 'running'>,
    StageRunner
  >
>;

/**
 * Carries one task from stage to stage: prepare (plan and dry-run its effects), wait for approval,
 * run. Each stage is done under a lease, reads the database, and writes its outcome in one
 * transaction; repeating a stage after a crash comes to the same end.
 */
export class TaskRunner {
  /** Names this process in leases. */
  readonly #owner = randomUUID();
  readonly #database: AgenticDatabase;
  readonly #store: WorkflowStore;
  readonly #registry: Registry;
  readonly #stages: TaskStages;
  readonly #killSwitch: StageStopper;
  readonly #inFlight: InFlight;

  constructor(options: {
    database: AgenticDatabase;
    store: WorkflowStore;
    registry: Registry;
    stages: TaskStages;
    killSwitch: StageStopper;
    inFlight: InFlight;
  }) {
    this.#database = options.database;
    this.#store = options.store;
    this.#registry = options.registry;
    this.#stages = options.stages;
    this.#killSwitch = options.killSwitch;
    this.#inFlight = options.inFlight;
  }

  async advance(run: TaskRun): Promise<TaskAdvance> {
    const stored = await this.#store.get(run.workflowId);
    const task = stored?.tasks.find(
      candidate => candidate.task_id === run.taskId,
    );
    if (!stored || !task || task.attempt !== run.attempt) {
      return { status: 'done' };
    }
    if (stored.row.generation !== run.generation) {
      return { status: 'done' };
    }
    if (!['preparing', 'awaiting_approval', 'running'].includes(task.status)) {
      return { status: 'done' };
    }
    if (stored.row.cancel_reason === null && stored.row.paused) {
      return { status: 'wait', wakeAfterMs: MAX_SLEEP_MS };
    }
    const acquired = await TaskLease.acquire(
      this.#database.knex,
      this.#owner,
      run,
    );
    if (!('lease' in acquired)) {
      const wakeAfterMs = Math.max(200, acquired.heldUntil - Date.now() + 100);
      return { status: 'wait', wakeAfterMs };
    }
    const { lease } = acquired;
    const journal = new TaskJournal(this.#database, run.workflowId, run.taskId);
    try {
      // Only what is read under the lease is what this process may act on.
      const now = await this.#store.get(run.workflowId);
      const current = now?.tasks.find(each => each.task_id === run.taskId);
      if (
        !now ||
        current?.status !== task.status ||
        now.row.paused !== stored.row.paused
      ) {
        return { status: 'continue' };
      }
      return await this.#advanceStage({
        stored: now,
        task: current,
        lease,
        journal,
      });
    } finally {
      // A tool that was told to stop may still work: nobody may begin beside it.
      await this.#inFlight.quiet(
        `${run.workflowId}.${run.taskId}`,
        IN_FLIGHT_PATIENCE_MS,
      );
      await lease.release();
    }
  }

  async #advanceStage(
    found: HeldTask & { journal: TaskJournal },
  ): Promise<TaskAdvance> {
    const { stored, task, lease, journal } = found;
    if (stored.row.cancel_reason !== null) {
      await this.#cancelled(found);
      return { status: 'done' };
    }
    const policy = stored.plan.tasks.find(
      planned => planned.taskId === task.task_id,
    )!.policy;
    const stopped = await this.#stopOf(task);
    if (stopped) {
      await holdTask(this.#database, found, stopped);
      return { status: 'wait', wakeAfterMs: MAX_SLEEP_MS };
    }
    await goOn(this.#database, found);
    const watch = this.#killSwitch.watchOver(task.agent);
    const signal = AbortSignal.any([
      lease.signal,
      watch.signal,
      AbortSignal.timeout(policy.timeoutSeconds * 1000),
    ]);
    let held: TaskHold | undefined;
    const startedAt = Date.now();
    const emitted: TaskStage['emitted'] = [];
    try {
      return await this.#runStage({
        ...found,
        agent: this.#registry.activeAgent(task.agent),
        at: {
          stored,
          task,
          log: journal,
          signal,
          onHold: hold => {
            held ??= hold;
          },
        },
        emitted,
        startedAt,
        held: () => held,
      });
    } catch (error) {
      if (lease.signal.aborted && stored.row.cancel_reason === null) {
        const row = await this.#store.row(stored.row.id);
        if (row?.cancel_reason === null) {
          return { status: 'wait', wakeAfterMs: 1000 };
        }
        return { status: 'continue' };
      }
      const hold = holdBehind(error, watch.signal) ?? held;
      await journal.flush();
      if (hold) {
        await holdTask(this.#database, found, hold);
        const wakeAfterMs = hold.until ? waitFor(hold.until) : MAX_SLEEP_MS;
        return { status: 'wait', wakeAfterMs };
      }
      const failure =
        signal.aborted && !lease.signal.aborted
          ? new TaskFailure(
              `It took longer than the ${policy.timeoutSeconds} s it is given`,
              { retryable: true, cause: error },
            )
          : toTaskFailure(error);
      await failTask(this.#database, { ...found, emitted, startedAt }, failure);
      return { status: 'done' };
    } finally {
      watch.end();
    }
  }

  /** Why the task's agent may not work now. Waiting for people is no work. */
  async #stopOf(task: TaskRow): Promise<TaskHold | undefined> {
    if (task.status === 'awaiting_approval') return undefined;
    const stop = await this.#killSwitch.stopOf(task.agent);
    return (
      stop && new TaskHold(describeStop(stop, task.agent), KILL_SWITCH_GATE)
    );
  }

  async #runStage(stage: TaskStage): Promise<TaskAdvance> {
    switch (stage.task.status) {
      case 'preparing':
        return abortable(
          this.#stages.preparing.advance(stage),
          stage.at.signal,
        );
      case 'awaiting_approval':
        return this.#stages.awaiting_approval.advance(stage);
      default:
        return this.#stages.running.advance(stage);
    }
  }

  #cancelled(found: HeldTask): Promise<void> {
    return settleTask(this.#database, found, async tx => {
      tx.events.add({
        type: 'task',
        taskId: found.task.task_id,
        message: 'Cancelled before it was finished',
        level: 'warn',
      });
      return { status: 'cancelled', completed_at: isoNow() };
    });
  }
}
