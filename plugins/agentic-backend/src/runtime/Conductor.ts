import type { WorkflowPhase } from '@agentic-backstage/plugin-agentic-common';
import type {
  AgenticDatabase,
  WorkflowTransaction,
} from '../database/AgenticDatabase';
import { isoNow } from '../database/rows';
import { DependencyUnavailable } from '../resilience/DependencyUnavailable';
import type { TaskRow } from '../database/tables';
import type { StoredWorkflow, WorkflowStore } from '../database/WorkflowStore';
import type { Compensation } from './Compensation';
import { endCompleted, endUndone } from './endWorkflow';
import { MAX_SLEEP_MS, waitFor } from './sleep';
import { ACTIVE, startReadyTasks, toTaskRun } from './startReadyTasks';
import { TaskHold } from './TaskHold';
import type { TaskRunner } from './task/TaskRunner';
import type {
  TaskAdvance,
  TaskRun,
  WorkflowAdvance,
  WorkflowProgram,
  WorkflowRun,
} from './WorkflowEngine';

/** A look without a signal; each one adds to the engine's history, and a thousand may be parked. */
const MAX_WAIT_MS = MAX_SLEEP_MS;

/**
 * Decides what happens next in a workflow: which tasks start, when it is over, what is undone. Reads
 * everything from the database, so that it can be asked again after any crash.
 */
export class Conductor implements WorkflowProgram {
  readonly #database: AgenticDatabase;
  readonly #store: WorkflowStore;
  readonly #tasks: TaskRunner;
  readonly #compensation: Compensation;

  constructor(options: {
    database: AgenticDatabase;
    store: WorkflowStore;
    tasks: TaskRunner;
    compensation: Compensation;
  }) {
    this.#database = options.database;
    this.#store = options.store;
    this.#tasks = options.tasks;
    this.#compensation = options.compensation;
  }

  advanceTask(run: TaskRun): Promise<TaskAdvance> {
    return this.#tasks.advance(run);
  }

  async advanceWorkflow(run: WorkflowRun): Promise<WorkflowAdvance> {
    if (!(await this.#store.row(run.workflowId))) {
      return { status: 'done' };
    }
    const decision = await this.#database.withWorkflow(
      run.workflowId,
      async tx => {
        const { workflow } = tx;
        if (workflow.generation !== run.generation || isEnd(workflow.phase)) {
          return { status: 'done' } as const;
        }
        const stored = await this.#store.get(run.workflowId, tx.trx);
        return this.#decide(tx, stored!, run);
      },
    );
    if (decision.status !== 'undo') {
      return decision;
    }
    try {
      const finished = await this.#compensation.undoNext(run.workflowId);
      if (finished) {
        await this.#finish(run, finished);
      }
      return { status: 'continue' };
    } catch (error) {
      if (error instanceof DependencyUnavailable) {
        const wakeAfterMs = waitFor(error.retryAt);
        return { status: 'wait', start: [], wakeAfterMs };
      }
      if (!(error instanceof TaskHold)) throw error;
      return { status: 'wait', start: [], wakeAfterMs: MAX_WAIT_MS };
    }
  }

  async #decide(
    tx: WorkflowTransaction,
    stored: StoredWorkflow,
    run: WorkflowRun,
  ): Promise<WorkflowAdvance | { status: 'undo' }> {
    const { workflow } = tx;
    const { tasks } = stored;
    const active = tasks.filter(task => ACTIVE.includes(task.status));
    const starts = active.map(task => toTaskRun(task, run));

    if (workflow.cancel_reason !== null) {
      await cancelPending(tx, tasks, ['awaiting_approval']);
      const working = active.filter(
        task => task.status !== 'awaiting_approval',
      );
      return working.length > 0
        ? { status: 'wait', start: starts, wakeAfterMs: 1000 }
        : { status: 'undo' };
    }
    if (workflow.paused) {
      if (workflow.phase !== 'paused') {
        tx.update({ phase: 'paused' });
        tx.events.add({
          type: 'workflow',
          message: 'Paused',
          data: { phase: 'paused' },
        });
      }
      return { status: 'wait', start: starts, wakeAfterMs: MAX_WAIT_MS };
    }
    if (
      tasks.some(task => task.status === 'failed' || task.status === 'unknown')
    ) {
      const working = active.filter(
        task => task.status !== 'awaiting_approval',
      );
      if (working.length > 0) {
        return { status: 'wait', start: starts, wakeAfterMs: MAX_WAIT_MS };
      }
      await cancelPending(tx, tasks, ['awaiting_approval']);
      return { status: 'undo' };
    }
    if (tasks.every(task => task.status === 'completed')) {
      await endCompleted(tx, stored);
      return { status: 'done' };
    }
    return startReadyTasks(tx, stored, run);
  }

  async #finish(
    run: WorkflowRun,
    compensation: { allUndone: boolean; undone: number },
  ): Promise<void> {
    await this.#database.withWorkflow(run.workflowId, async tx => {
      const { workflow } = tx;
      if (isEnd(workflow.phase) || workflow.generation !== run.generation) {
        return;
      }
      const stored = await this.#store.get(run.workflowId, tx.trx);
      if (stored!.tasks.some(task => ACTIVE.includes(task.status))) {
        return;
      }
      await endUndone(tx, stored!.tasks, compensation);
    });
  }
}

function isEnd(phase: WorkflowPhase): boolean {
  return ['completed', 'failed', 'cancelled', 'rolled_back'].includes(phase);
}

async function cancelPending(
  tx: WorkflowTransaction,
  tasks: readonly TaskRow[],
  alsoStates: readonly string[] = [],
): Promise<void> {
  for (const task of tasks) {
    const stop =
      (task.status === 'pending' && tx.workflow.cancel_reason !== null) ||
      alsoStates.includes(task.status);
    if (stop) {
      await tx
        .trx<TaskRow>('tasks')
        .where({ workflow_id: task.workflow_id, task_id: task.task_id })
        .update({ status: 'cancelled', completed_at: isoNow() });
    }
  }
}
