import type { Approval } from '@agentic-backstage/plugin-agentic-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  AgenticDatabase,
  WorkflowTransaction,
} from '../database/AgenticDatabase';
import { closeApproval, findApprovals } from '../database/ApprovalStore';
import {
  buildEvent,
  enqueueEvents,
  enqueueNotifications,
} from '../database/Outbox';
import type { ApprovalRow } from '../database/tables';
import type { ApprovalPolicy } from '../runtime/approval/ApprovalPolicy';
import { isDue } from '../runtime/approval/isDue';

/** What was done in one round. */
export interface FollowedUp {
  readonly reminded: number;
  readonly escalated: number;
  readonly expired: number;
}

type Step = keyof FollowedUp;

/**
 * Looks after approvals that nobody decides: reminds those who can sign, tells those it is escalated
 * to, and closes what has run out. What was done is a column of the approval's row, set in the same
 * transaction that queues the message, so that no replica and no crash sends it twice.
 */
export class ApprovalFollowUp {
  readonly #database: AgenticDatabase;
  readonly #policy: ApprovalPolicy;
  readonly #wake: (workflowId: string) => Promise<void>;
  readonly #logger: LoggerService;

  constructor(options: {
    database: AgenticDatabase;
    policy: ApprovalPolicy;
    wake: (workflowId: string) => Promise<void>;
    logger: LoggerService;
  }) {
    this.#database = options.database;
    this.#policy = options.policy;
    this.#wake = options.wake;
    this.#logger = options.logger;
  }

  /** One round over all open approvals. One that fails keeps none of the others from being looked after. */
  async run(now: Date = new Date()): Promise<FollowedUp> {
    const done = { reminded: 0, escalated: 0, expired: 0 };
    const open = await findApprovals(this.#database.knex, { status: 'open' });
    for (const approval of open) {
      const step = this.#nextStep(approval, now);
      if (!step) {
        continue;
      }
      try {
        if (await this.#take(step, approval, now)) {
          done[step] += 1;
        }
      } catch (error) {
        this.#logger.warn(
          `Approval '${approval.approvalId}' could not be looked after`,
          { error: String(error) },
        );
      }
    }
    return done;
  }

  /** The furthest step that is due: one that was missed is not made up for once a later one is due. */
  #nextStep(approval: Approval, now: Date): Step | undefined {
    const { remindAtShare, escalateAtShare, escalateTo } = this.#policy;
    const due = (share: number) => isDue(approval, share, now.getTime());
    if (due(1)) {
      return 'expired';
    }
    if (due(escalateAtShare) && escalateTo.length > 0) {
      return approval.escalatedAt ? undefined : 'escalated';
    }
    return due(remindAtShare) && !approval.remindedAt ? 'reminded' : undefined;
  }

  /** Answers false when somebody else was faster. */
  async #take(step: Step, approval: Approval, now: Date): Promise<boolean> {
    const { approvalId, workflowId } = approval;
    const taken = await this.#database.withWorkflow(workflowId, async tx => {
      if (step === 'expired') {
        return this.#expire(tx, approval);
      }
      const column = step === 'reminded' ? 'reminded_at' : 'escalated_at';
      const changed = await tx
        .trx<ApprovalRow>('approvals')
        .where({ id: approvalId, status: 'open' })
        .whereNull(column)
        .update({ [column]: now.toISOString() });
      if (changed === 0) {
        return false;
      }
      await this.#tell(tx, step, approval);
      return true;
    });
    if (taken && step === 'expired') {
      await this.#wake(workflowId);
    }
    return taken;
  }

  async #expire(
    tx: WorkflowTransaction,
    { approvalId, workflowId, taskId, expiresAt }: Approval,
  ): Promise<boolean> {
    if (!(await closeApproval(tx.trx, approvalId, 'expired'))) {
      return false;
    }
    tx.events.add({
      type: 'approval',
      level: 'warn',
      taskId,
      message: `Nobody decided before ${expiresAt}`,
      data: { approvalId },
    });
    await enqueueEvents(tx.trx, [
      buildEvent({
        agent: 'planner',
        type: 'approval.decided',
        correlationId: workflowId,
        detail: {
          approval_id: approvalId,
          workflow_id: workflowId,
          decision: 'expired',
        },
      }),
    ]);
    return true;
  }

  async #tell(
    tx: WorkflowTransaction,
    step: Exclude<Step, 'expired'>,
    approval: Approval,
  ): Promise<void> {
    const { approvalId, workflowId, taskId, serviceName, environment } =
      approval;
    const signed = approval.decisions.map(({ role }) => role);
    const missing = approval.requiredRoles.filter(
      role => !signed.includes(role),
    );
    const recipients = [
      ...new Set(
        step === 'reminded'
          ? missing.flatMap(role => this.#policy.roles[role])
          : this.#policy.escalateTo,
      ),
    ];
    const what = `${serviceName} to ${environment}`;
    tx.events.add({
      type: 'approval',
      level: step === 'reminded' ? 'info' : 'warn',
      taskId,
      message:
        step === 'reminded'
          ? `Reminded those who can sign as ${missing.join(' or ')}`
          : `Nobody signed as ${missing.join(
              ' or ',
            )} so far; told ${recipients.join(', ')}`,
      data: { approvalId },
    });
    tx.record({
      kind: step === 'reminded' ? 'approval.reminded' : 'approval.escalated',
      actor: 'system',
      subject: `approval:${approvalId}`,
      payload: { missing, recipients, expiresAt: approval.expiresAt },
    });
    if (recipients.length === 0) {
      return;
    }
    await enqueueNotifications(tx.trx, [
      {
        scope: `agentic:${workflowId}:approval:${approvalId}:${step}`,
        recipients,
        title:
          step === 'reminded'
            ? `Still to be approved: ${what}`
            : `Nobody approves: ${what}`,
        description: `${
          approval.requestedBy
        } waits for a signature as ${missing.join(' and ')} since ${
          approval.createdAt
        }. It expires at ${approval.expiresAt}.`,
        link: `/agentic/workflows/${workflowId}?tab=approval`,
        severity: step === 'reminded' ? 'high' : 'critical',
      },
    ]);
  }
}
