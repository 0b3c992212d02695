import type { Approval } from '@agentic-backstage/plugin-agentic-common';
import type {
  Agent,
  AgenticRecords,
  ProposedEffect,
} from '@agentic-backstage/plugin-agentic-node';
import { randomUUID } from 'node:crypto';
import type {
  AgenticDatabase,
  WorkflowTransaction,
} from '../database/AgenticDatabase';
import { closeApproval, findApprovals } from '../database/ApprovalStore';
import type { DatabaseArtifacts } from '../database/DatabaseArtifacts';
import {
  effectsOfTask,
  putProposedEffects,
  type NewEffect,
  type StoredEffect,
} from '../database/EffectStore';
import {
  buildEvent,
  enqueueEvents,
  type QueuedEvent,
} from '../database/Outbox';
import { isoNow } from '../database/rows';
import type { TaskRow } from '../database/tables';
import type { StoredWorkflow, WorkflowStore } from '../database/WorkflowStore';
import {
  executionContext,
  planningContext,
  toolContext,
  type ContextParts,
} from './AgentContexts';
import type { ApprovalPolicy } from './ApprovalRules';
import { derivePhase } from './derivePhase';
import type { Guard } from './Guard';
import { redact, redactDeep } from './redact';
import type { Registry } from './Registry';
import { requestApproval } from './requestApproval';
import { TaskFailure, toTaskFailure } from './TaskFailure';
import { TaskJournal } from './TaskJournal';
import { TaskLease } from './TaskLease';
import { abortable } from './abortable';
import { backoffSeconds } from './backoff';
import { MAX_SLEEP_MS } from './sleep';
import type { TaskAdvance, TaskRun } from './WorkflowEngine';

interface Stage {
  readonly stored: StoredWorkflow;
  readonly task: TaskRow;
  readonly agent: Agent;
  readonly lease: TaskLease;
  readonly journal: TaskJournal;
  readonly parts: ContextParts;
  /** Filled while the agent works; leaves with the outcome, also when that is a failure for good. */
  readonly emitted: QueuedEvent[];
}

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
  readonly #artifacts: DatabaseArtifacts;
  readonly #records: AgenticRecords;
  readonly #registry: Registry;
  readonly #guard: Guard;
  readonly #approvals: ApprovalPolicy;

  constructor(options: {
    database: AgenticDatabase;
    store: WorkflowStore;
    artifacts: DatabaseArtifacts;
    records: AgenticRecords;
    registry: Registry;
    guard: Guard;
    approvals: ApprovalPolicy;
  }) {
    this.#database = options.database;
    this.#store = options.store;
    this.#artifacts = options.artifacts;
    this.#records = options.records;
    this.#registry = options.registry;
    this.#guard = options.guard;
    this.#approvals = options.approvals;
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
      await lease.release();
    }
  }

  async #advanceStage(found: {
    stored: StoredWorkflow;
    task: TaskRow;
    lease: TaskLease;
    journal: TaskJournal;
  }): Promise<TaskAdvance> {
    const { stored, task, lease, journal } = found;
    if (stored.row.cancel_reason !== null) {
      await this.#settle(stored, task, lease, async tx => {
        tx.events.add({
          type: 'task',
          taskId: task.task_id,
          message: 'Cancelled before it was finished',
          level: 'warn',
        });
        return { status: 'cancelled', completed_at: isoNow() };
      });
      return { status: 'done' };
    }
    const policy = stored.plan.tasks.find(
      planned => planned.taskId === task.task_id,
    )!.policy;
    const signal = AbortSignal.any([
      lease.signal,
      AbortSignal.timeout(policy.timeoutSeconds * 1000),
    ]);
    const startedAt = Date.now();
    const emitted: QueuedEvent[] = [];
    try {
      const agent = this.#registry.activeAgent(task.agent);
      const parts: ContextParts = {
        knex: this.#database.knex,
        guard: this.#guard,
        artifacts: this.#artifacts,
        records: this.#records,
        stored,
        task,
        log: journal,
        signal,
      };
      const stage: Stage = {
        stored,
        task,
        agent,
        lease,
        journal,
        parts,
        emitted,
      };
      switch (task.status) {
        case 'preparing':
          return await abortable(this.#prepare(stage), signal);
        case 'awaiting_approval':
          return await this.#awaitApproval(stage);
        default:
          return await this.#run(stage, startedAt);
      }
    } catch (error) {
      if (lease.signal.aborted && stored.row.cancel_reason === null) {
        const row = await this.#store.row(stored.row.id);
        if (row?.cancel_reason === null) {
          return { status: 'wait', wakeAfterMs: 1000 };
        }
        return { status: 'continue' };
      }
      const failure =
        signal.aborted && !lease.signal.aborted
          ? new TaskFailure(
              `It took longer than the ${policy.timeoutSeconds} s it is given`,
              {
                retryable: true,
                cause: error,
              },
            )
          : toTaskFailure(error);
      await journal.flush();
      await this.#fail({ stored, task, lease, emitted }, failure, startedAt);
      return { status: 'done' };
    }
  }

  /** Plans the task's effects, puts their dry runs on record, and asks for approval where there are any. */
  async #prepare(stage: Stage): Promise<TaskAdvance> {
    const { stored, task, agent, lease, journal, parts } = stage;
    const proposals = agent.plan
      ? await agent.plan(planningContext(parts, agent))
      : [];
    const known = await effectsOfTask(
      this.#database.knex,
      stored.row.id,
      task.task_id,
    );
    const granted = await this.#standingApproval(stored, task, known);
    const effects = await this.#propose(stage, proposals, known, granted);
    await journal.flush();

    const denied = effects.find(effect => effect.verdict.decision === 'deny');
    const needsApproval =
      effects.length > 0 || (proposals.length > 0 && !granted);
    await this.#settle(stored, task, lease, async tx => {
      if (effects.length > 0) {
        await putProposedEffects(
          tx.trx,
          { workflowId: stored.row.id, taskId: task.task_id },
          effects,
        );
      }
      for (const effect of effects) {
        tx.events.add({
          type: 'effect',
          taskId: task.task_id,
          message: `Dry run of ${effect.tool}: ${effect.dryRun.summary}`,
          data: { effectId: effect.effectId, verdict: effect.verdict.decision },
        });
      }
      if (denied) {
        // Thrown after the commit below, so that what was denied stays on record.
        return {};
      }
      // In lane dry_run the dry run is all there will be: there is nothing to approve.
      if (!needsApproval || agent.lane === 'dry_run') {
        return { status: 'running' };
      }
      await requestApproval({
        tx,
        plan: stored.plan,
        taskId: task.task_id,
        effects: await effectsOfTask(tx.trx, stored.row.id, task.task_id),
        policy: this.#approvals,
      });
      return { status: 'awaiting_approval' };
    });
    if (denied) {
      const violations = denied.verdict.violations
        .slice(0, 5)
        .map(
          violation =>
            `${violation.file ?? violation.rule}: ${violation.message}`,
        );
      throw new TaskFailure(
        `Policy denies ${denied.tool}: ${[
          ...denied.verdict.reasons,
          ...violations,
        ].join('; ')}`,
        { retryable: false },
      );
    }
    return { status: 'continue' };
  }

  /**
   * Dry-runs what has to be. An effect that was begun with the same parameters and not undone keeps
   * its record. Those not begun keep theirs only when all of them stand under a granted approval:
   * one new effect makes a new scope, and that needs a new look at everything still to be done.
   */
  async #propose(
    stage: Stage,
    proposals: readonly ProposedEffect[],
    known: readonly StoredEffect[],
    granted: boolean,
  ): Promise<NewEffect[]> {
    const pending = proposals.map(proposal => {
      const before = known.find(effect => effect.key === proposal.key);
      const same =
        before !== undefined &&
        before.paramsDigest === this.#guard.paramsDigest(stage.agent, proposal);
      const begun =
        same &&
        !['proposed', 'rolled_back', 'rollback_failed'].includes(before.status);
      return {
        proposal,
        before,
        begun,
        kept: begun || (same && before.status === 'proposed'),
      };
    });
    if (granted && pending.every(({ kept }) => kept)) {
      return [];
    }
    const fresh: NewEffect[] = [];
    for (const { proposal, before, begun } of pending) {
      if (!begun) {
        const round = before
          ? before.round + (before.status === 'proposed' ? 0 : 1)
          : 1;
        fresh.push(
          await this.#guard.propose(
            stage.agent,
            { ...proposal, round },
            toolContext(stage.parts),
          ),
        );
      }
    }
    return fresh;
  }

  async #standingApproval(
    stored: StoredWorkflow,
    task: TaskRow,
    known: readonly StoredEffect[],
  ): Promise<boolean> {
    const ids = new Set(known.map(effect => effect.approvalId));
    const approvals = await findApprovals(this.#database.knex, {
      workflowId: stored.row.id,
      taskId: task.task_id,
      status: 'approved',
    });
    return approvals.some(
      approval =>
        ids.has(approval.approvalId) &&
        approval.planHash === stored.plan.planHash &&
        approval.expiresAt > isoNow(),
    );
  }

  async #awaitApproval(stage: Stage): Promise<TaskAdvance> {
    const { stored, task, lease } = stage;
    const [approval] = await findApprovals(this.#database.knex, {
      workflowId: stored.row.id,
      taskId: task.task_id,
    });
    if (!approval || approval.status === 'void') {
      await this.#settle(stored, task, lease, async () => ({
        status: 'preparing',
      }));
      return { status: 'continue' };
    }
    switch (approval.status) {
      case 'approved':
        await this.#settle(stored, task, lease, async () => ({
          status: 'running',
        }));
        return { status: 'continue' };
      case 'rejected': {
        const no = approval.decisions.find(
          decision => decision.decision === 'reject',
        );
        throw new TaskFailure(
          `${no?.decidedBy ?? 'An approver'} rejected it: ${
            no?.reason || 'no reason given'
          }`,
          { retryable: false, rejected: true },
        );
      }
      case 'expired':
        throw expired(approval);
      default:
        if (approval.expiresAt <= isoNow()) {
          await this.#settle(stored, task, lease, async tx => {
            await closeApproval(tx.trx, approval.approvalId, 'expired');
            await enqueueEvents(tx.trx, [
              buildEvent({
                agent: 'planner',
                type: 'approval.decided',
                correlationId: stored.row.id,
                detail: {
                  approval_id: approval.approvalId,
                  workflow_id: stored.row.id,
                  decision: 'expired',
                },
              }),
            ]);
            return {};
          });
          throw expired(approval);
        }
        return {
          status: 'wait',
          wakeAfterMs: Math.min(
            MAX_SLEEP_MS,
            Math.max(1000, Date.parse(approval.expiresAt) - Date.now()),
          ),
        };
    }
  }

  async #run(stage: Stage, startedAt: number): Promise<TaskAdvance> {
    const { stored, task, agent, lease, journal, parts, emitted } = stage;
    const context = executionContext(parts, agent, emitted);
    const output = agent.output.parse(
      await abortable(agent.execute(context), parts.signal),
    );
    await journal.flush();
    const effects = await effectsOfTask(
      this.#database.knex,
      stored.row.id,
      task.task_id,
    );
    const unconfirmed = effects.filter(
      effect => effect.status !== 'confirmed' && agent.lane === 'execute',
    );
    await this.#settle(stored, task, lease, async tx => {
      await enqueueEvents(tx.trx, emitted);
      await recordInvocation(
        tx,
        task,
        unconfirmed.length === 0 ? 'completed' : 'unknown',
        startedAt,
      );
      if (unconfirmed.length > 0) {
        const what = unconfirmed
          .map(
            effect =>
              `${effect.tool} (${effect.readBack?.evidence ?? effect.status})`,
          )
          .join('; ');
        tx.events.add({
          type: 'task',
          level: 'error',
          taskId: task.task_id,
          message: `It cannot be confirmed that this was done: ${what}`,
        });
        return {
          status: 'unknown',
          error: `Not confirmed by a look at the world: ${what}`,
          output: JSON.stringify(redactDeep(output)),
          completed_at: isoNow(),
        };
      }
      tx.events.add({
        type: 'task',
        taskId: task.task_id,
        message: 'Completed',
      });
      return {
        status: 'completed',
        error: null,
        output: JSON.stringify(redactDeep(output)),
        completed_at: isoNow(),
      };
    });
    return { status: 'done' };
  }

  async #fail(
    stage: Pick<Stage, 'stored' | 'task' | 'lease' | 'emitted'>,
    failure: TaskFailure,
    startedAt: number,
  ): Promise<void> {
    const { stored, task, lease, emitted } = stage;
    const policy = stored.plan.tasks.find(
      planned => planned.taskId === task.task_id,
    )!.policy;
    const message = redact(failure.message);
    await this.#settle(stored, task, lease, async tx => {
      await recordInvocation(tx, task, 'failed', startedAt);
      const left = task.attempts_left - 1;
      if (failure.retryable && left > 0) {
        const seconds = backoffSeconds(policy, policy.maxAttempts - left);
        tx.events.add({
          type: 'task',
          level: 'warn',
          taskId: task.task_id,
          message: `Attempt ${
            task.attempt
          } failed: ${message}. Next attempt in ${seconds.toFixed(
            1,
          )} s, ${left} left`,
        });
        return {
          status: 'pending',
          error: message,
          attempts_left: left,
          retry_at: new Date(Date.now() + seconds * 1000).toISOString(),
        };
      }
      await enqueueEvents(tx.trx, emitted);
      if (failure.rejected) {
        tx.update({ cancel_reason: message, cancelled_by: null });
      }
      tx.events.add({
        type: 'task',
        level: 'error',
        taskId: task.task_id,
        message: `Failed: ${message}`,
      });
      return {
        status: failure.rejected ? 'cancelled' : 'failed',
        error: message,
        attempts_left: left,
        completed_at: isoNow(),
      };
    });
  }

  /** Writes a stage's outcome, unless the task is not this process's any more. */
  async #settle(
    stored: StoredWorkflow,
    task: TaskRow,
    lease: TaskLease,
    write: (tx: WorkflowTransaction) => Promise<Partial<TaskRow>>,
  ): Promise<void> {
    await this.#database.withWorkflow(stored.row.id, async tx => {
      if (
        !(await lease.isHeld(tx.trx, task.status)) ||
        tx.workflow.generation !== stored.row.generation
      ) {
        return;
      }
      const changes = await write(tx);
      if (Object.keys(changes).length > 0) {
        await tx
          .trx<TaskRow>('tasks')
          .where({ workflow_id: stored.row.id, task_id: task.task_id })
          .update(changes);
        await derivePhase(tx);
      }
    });
  }
}

function expired(approval: Approval): TaskFailure {
  return new TaskFailure(
    `Nobody decided before ${approval.expiresAt}; retry the task to ask again`,
    { retryable: false },
  );
}

async function recordInvocation(
  tx: WorkflowTransaction,
  task: TaskRow,
  outcome: string,
  startedAt: number,
): Promise<void> {
  await tx.trx('agent_invocations').insert({
    agent: task.agent,
    workflow_id: task.workflow_id,
    task_id: task.task_id,
    outcome,
    milliseconds: Date.now() - startedAt,
    at: isoNow(),
  });
}
