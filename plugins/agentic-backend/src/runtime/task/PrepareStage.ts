import type { ProposedEffect } from '@agentic-backstage/plugin-agentic-node';
import type { AgenticDatabase } from '../../database/AgenticDatabase';
import { findApprovals } from '../../database/ApprovalStore';
import {
  effectsOfTask,
  type NewEffect,
  type StoredEffect,
} from '../../database/EffectStore';
import { insertCriticVerdict } from '../../database/CriticVerdictStore';
import { isoNow } from '../../database/rows';
import type { TaskRow } from '../../database/tables';
import type { StoredWorkflow } from '../../database/WorkflowStore';
import { guardedWorkflow, type AgentContexts } from '../AgentContexts';
import type { ApprovalPolicy } from '../approval/ApprovalPolicy';
import { requestApproval } from '../approval/requestApproval';
import type { Critic } from '../critic/Critic';
import { blockedByCritic, describeVerdict } from '../critic/describeVerdict';
import type { EffectLedger } from '../guard/EffectLedger';
import {
  awaitsPromotion,
  type EffectiveLanes,
} from '../guard/gates/promotionGate';
import type { GuardCalls } from '../guard/GuardCalls';
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
  readonly #guard: GuardCalls;
  readonly #ledger: EffectLedger;
  readonly #lanes: EffectiveLanes;
  readonly #approvals: ApprovalPolicy;
  readonly #critic: Critic;

  constructor(options: {
    database: AgenticDatabase;
    contexts: AgentContexts;
    guard: GuardCalls;
    ledger: EffectLedger;
    lanes: EffectiveLanes;
    approvals: ApprovalPolicy;
    critic: Critic;
  }) {
    this.#database = options.database;
    this.#contexts = options.contexts;
    this.#guard = options.guard;
    this.#ledger = options.ledger;
    this.#lanes = options.lanes;
    this.#approvals = options.approvals;
    this.#critic = options.critic;
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
    const reviewed = { stored, taskId: task.task_id, agent };
    const critic = needsApproval
      ? await this.#critic.reviewEffects(reviewed, asProposed(known, effects))
      : undefined;
    const shown = critic && (await this.#critic.shownWith(reviewed, critic));
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
      if (critic) {
        await insertCriticVerdict(tx.trx, critic);
        tx.events.add({
          type: 'task',
          taskId: task.task_id,
          level: critic.decision === 'approve' ? 'info' : 'warn',
          message: describeVerdict(critic),
          data: { verdictId: critic.verdictId, decision: critic.decision },
        });
      }
      if (denied || waits || critic?.decision === 'block') {
        // Thrown after the commit below, so that dry runs and verdicts stay on record.
        return {};
      }
      // In lane dry_run the dry run is all there will be: there is nothing to approve.
      if (!critic || !shown || agent.lane === 'dry_run') {
        return { status: 'running' };
      }
      await requestApproval({
        tx,
        plan: stored.plan,
        taskId: task.task_id,
        effects: await effectsOfTask(tx.trx, stored.row.id, task.task_id),
        policy: this.#approvals,
        ledger: this.#ledger,
        critic: shown,
      });
      return { status: 'awaiting_approval' };
    });
    if (denied) throw deniedByPolicy(denied);
    if (critic?.decision === 'block') throw blockedByCritic(critic);
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
            attempt: stage.task.attempt,
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

/** The effects as they will stand on record: those with a history, and what is proposed now in place of the rest. */
function asProposed(
  known: readonly StoredEffect[],
  fresh: readonly NewEffect[],
): Array<StoredEffect | NewEffect> {
  return [
    ...new Map(
      [...known.filter(({ status }) => status !== 'proposed'), ...fresh].map(
        effect => [effect.key, effect],
      ),
    ).values(),
  ];
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
