import {
  SETTLED_TASK_STATUSES,
  type WorkflowPhase,
} from '@agentic-backstage/plugin-agentic-common';
import type {
  AgenticDatabase,
  WorkflowTransaction,
} from '../database/AgenticDatabase';
import { voidApprovals } from '../database/ApprovalStore';
import { effectsOfWorkflow } from '../database/EffectStore';
import {
  buildEvent,
  enqueueEvents,
  enqueueNotifications,
} from '../database/Outbox';
import { isoNow } from '../database/rows';
import type { TaskRow } from '../database/tables';
import {
  releaseService,
  type StoredWorkflow,
  type WorkflowStore,
} from '../database/WorkflowStore';
import type { Compensation } from './Compensation';
import { derivePhase } from './derivePhase';
import type { TaskRunner } from './TaskRunner';
import type {
  TaskAdvance,
  TaskRun,
  WorkflowAdvance,
  WorkflowProgram,
  WorkflowRun,
} from './WorkflowEngine';
import { MAX_SLEEP_MS } from './sleep';

const ACTIVE = ['preparing', 'awaiting_approval', 'running'];
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
    const finished = await this.#compensation.undoNext(run.workflowId);
    if (finished) {
      await this.#finish(run, finished.allUndone, finished.undone);
    }
    return { status: 'continue' };
  }

  async #decide(
    tx: WorkflowTransaction,
    stored: StoredWorkflow,
    run: WorkflowRun,
  ): Promise<WorkflowAdvance | { status: 'undo' }> {
    const { workflow } = tx;
    const { tasks } = stored;
    const active = tasks.filter(task => ACTIVE.includes(task.status));
    const starts = active.map(task => toRun(task, run));

    if (workflow.cancel_reason !== null) {
      await this.#cancelPending(tx, tasks, ['awaiting_approval']);
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
      await this.#cancelPending(tx, tasks, ['awaiting_approval']);
      return { status: 'undo' };
    }
    if (tasks.every(task => task.status === 'completed')) {
      await complete(tx, stored);
      return { status: 'done' };
    }
    return this.#startReady(tx, stored, run);
  }

  async #startReady(
    tx: WorkflowTransaction,
    stored: StoredWorkflow,
    run: WorkflowRun,
  ): Promise<WorkflowAdvance> {
    const { plan, tasks } = stored;
    const now = isoNow();
    const done = new Set(
      tasks
        .filter(task => task.status === 'completed')
        .map(task => task.task_id),
    );
    const start: TaskRun[] = [];
    let wakeAfterMs = MAX_WAIT_MS;
    for (const task of tasks) {
      if (ACTIVE.includes(task.status)) {
        start.push(toRun(task, run));
        continue;
      }
      const needs = plan.tasks.find(
        planned => planned.taskId === task.task_id,
      )!.dependsOn;
      if (task.status !== 'pending' || !needs.every(id => done.has(id))) {
        continue;
      }
      if (task.retry_at !== null && task.retry_at > now) {
        wakeAfterMs = Math.min(
          wakeAfterMs,
          Math.max(50, Date.parse(task.retry_at) - Date.now()),
        );
        continue;
      }
      const attempt = task.attempt + 1;
      await tx
        .trx<TaskRow>('tasks')
        .where({ workflow_id: task.workflow_id, task_id: task.task_id })
        .update({
          status: 'preparing',
          attempt,
          retry_at: null,
          lease_owner: null,
          lease_until: null,
          started_at: task.started_at ?? now,
          completed_at: null,
        });
      tx.events.add({
        type: 'task',
        taskId: task.task_id,
        message: attempt === 1 ? 'Started' : `Started, attempt ${attempt}`,
      });
      start.push(toRun({ ...task, attempt }, run));
    }
    await derivePhase(tx);
    return { status: 'wait', start, wakeAfterMs };
  }

  async #cancelPending(
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

  async #finish(
    run: WorkflowRun,
    allUndone: boolean,
    undone: number,
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
      await markUndone(tx);
      const failed = stored!.tasks.find(
        task => task.status === 'failed' || task.status === 'unknown',
      );
      await voidApprovals(tx.trx, workflow.id);
      const reason = workflow.cancel_reason ?? failed?.error ?? 'A task failed';
      let phase: WorkflowPhase = 'failed';
      if (workflow.cancel_reason !== null) {
        phase = 'cancelled';
      } else if (undone > 0 && allUndone) {
        phase = 'rolled_back';
      }
      const suffix = allUndone
        ? ''
        : ' Not everything could be undone: the record of effects says what is left.';
      if (allUndone) {
        await releaseService(tx.trx, workflow.id);
      }
      tx.update({ error: `${reason}${suffix}` });
      await end(tx, phase);
    });
  }
}

function isEnd(phase: WorkflowPhase): boolean {
  return ['completed', 'failed', 'cancelled', 'rolled_back'].includes(phase);
}

function toRun(
  task: Pick<TaskRow, 'task_id' | 'attempt'>,
  run: WorkflowRun,
): TaskRun {
  return { ...run, taskId: task.task_id, attempt: task.attempt };
}

/** A task whose effects were undone is not completed any more, so that a retry does it again. */
async function markUndone(tx: WorkflowTransaction): Promise<void> {
  const effects = await effectsOfWorkflow(tx.trx, tx.workflow.id);
  const touched = effects
    .filter(
      ({ status }) => status === 'rolled_back' || status === 'rollback_failed',
    )
    .map(({ taskId }) => taskId);
  await tx
    .trx<TaskRow>('tasks')
    .where({ workflow_id: tx.workflow.id, status: 'completed' })
    .whereIn('task_id', touched)
    .update({ status: 'rolled_back' });
}

async function complete(
  tx: WorkflowTransaction,
  stored: StoredWorkflow,
): Promise<void> {
  if (
    !stored.tasks.every(task => SETTLED_TASK_STATUSES.includes(task.status))
  ) {
    return;
  }
  await end(tx, 'completed');
}

/** Writes the end of a workflow: phase, event, and the message to the person who asked. */
async function end(
  tx: WorkflowTransaction,
  phase: Extract<
    WorkflowPhase,
    'completed' | 'failed' | 'cancelled' | 'rolled_back'
  >,
): Promise<void> {
  const { workflow } = tx;
  const completedAt = isoNow();
  const seconds =
    (Date.parse(completedAt) - Date.parse(workflow.created_at)) / 1000;
  const words = {
    completed: 'is done',
    failed: 'failed',
    cancelled: 'was cancelled',
    rolled_back: 'failed and was undone',
  }[phase];
  tx.update({ phase, completed_at: completedAt });
  tx.events.add({
    type: 'workflow',
    level: phase === 'completed' ? 'info' : 'warn',
    message: `The workflow ${words}`,
    data: { phase },
  });
  await enqueueEvents(tx.trx, [
    buildEvent({
      agent: 'planner',
      type: 'workflow.completed',
      correlationId: workflow.id,
      detail: {
        workflow_id: workflow.id,
        service_name: workflow.service_name,
        status: phase,
        duration_seconds: seconds,
      },
    }),
  ]);
  await enqueueNotifications(tx.trx, [
    {
      scope: `agentic:${workflow.id}:g${workflow.generation}:${phase}`,
      recipients: [workflow.requested_by],
      title: `${workflow.service_name} ${words}`,
      description: `Workflow ${workflow.id} for ${workflow.environment} ${words}.`,
      link: `/agentic/workflows/${workflow.id}`,
      severity: phase === 'completed' ? 'normal' : 'high',
    },
  ]);
}
