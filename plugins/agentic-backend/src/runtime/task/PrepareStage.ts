import type { ProposedEffect } from '@agentic-backstage/plugin-agentic-node';
import type { AgenticDatabase } from '../../database/AgenticDatabase';
import { findApprovals } from '../../database/ApprovalStore';
import {
  effectsOfTask,
  type NewEffect,
  type StoredEffect,
} from '../../database/EffectStore';
import { isoNow } from '../../database/rows';
import type { TaskRow } from '../../database/tables';
import type { StoredWorkflow } from '../../database/WorkflowStore';
import { guardedWorkflow, type AgentContexts } from '../AgentContexts';
import type { ApprovalPolicy } from '../approval/ApprovalRules';
import { requestApproval } from '../approval/requestApproval';
import type { EffectLedger } from '../guard/EffectLedger';
import {
  awaitsPromotion,
  type EffectiveLanes,
} from '../guard/gates/promotionGate';
import type { Guard } from '../guard/Guard';
import { TaskFailure } from '../TaskFailure';
import { TaskHold } from '../TaskHold';
import type { TaskAdvance } from '../WorkflowEngine';
import { settleTask } from './settleTask';
import { throwIfHeld } from './throwIfHeld';
import type { StageRunner, TaskStage } from './TaskStage';

/** The first stage: plan the task's effects, put their dry runs on record, ask for approval. */
export class PrepareStage implements StageRunner {
  readonly #database: AgenticDatabase;
  readonly #contexts: AgentContexts;
  readonly #guard: Guard;
  readonly #ledger: EffectLedger;
  readonly #lanes: EffectiveLanes;
  readonly #approvals: ApprovalPolicy;

  constructor(options: {
    database: AgenticDatabase;
    contexts: AgentContexts;
    guard: Guard;
    ledger: EffectLedger;
    lanes: EffectiveLanes;
    approvals: ApprovalPolicy;
  }) {
    this.#database = options.database;
    this.#contexts = options.contexts;
    this.#guard = options.guard;
    this.#ledger = options.ledger;
    this.#lanes = options.lanes;
    this.#approvals = options.approvals;
  }

  /** Plans the task's effects, puts their dry runs on record, and asks for approval where there are any. */
  async advance(stage: TaskStage): Promise<TaskAdvance> {
    const { stored, task, agent, journal, at } = stage;
    const proposals = agent.plan
      ? await agent.plan(this.#contexts.forPlanning(at, agent))
      : [];
    throwIfHeld(stage);
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
    const lane = await this.#lanes.effective(agent);
    const waits =
      needsApproval && agent.lane === 'execute' && lane !== 'execute';
    await settleTask(this.#database, stage, async tx => {
      if (effects.length > 0) {
        await this.#ledger.propose(
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
      if (denied || waits) {
        // Thrown after the commit below, so that the dry runs stay on record.
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
        ledger: this.#ledger,
      });
      return { status: 'awaiting_approval' };
    });
    if (denied) throw deniedByPolicy(denied);
    if (waits) {
      throw new TaskHold(
        awaitsPromotion(agent.id, lane, 'execute'),
        'promotion',
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
    stage: TaskStage,
    proposals: readonly ProposedEffect[],
    known: readonly StoredEffect[],
    granted: boolean,
  ): Promise<NewEffect[]> {
    const pending = proposals.map(proposal => {
      const before = known.find(effect => effect.key === proposal.key);
      const same =
        before !== undefined &&
        before.paramsDigest === this.#guard.paramsDigest(proposal);
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
          await this.#guard.propose({
            agent: stage.agent,
            proposal: { ...proposal, round },
            workflow: guardedWorkflow(stage.stored),
            context: this.#contexts.forTool(stage.at),
          }),
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
}

function deniedByPolicy({ tool, verdict }: NewEffect): TaskFailure {
  const violations = verdict.violations
    .slice(0, 5)
    .map(
      violation => `${violation.file ?? violation.rule}: ${violation.message}`,
    );
  return new TaskFailure(
    `Policy denies ${tool}: ${[...verdict.reasons, ...violations].join('; ')}`,
    { retryable: false },
  );
}
