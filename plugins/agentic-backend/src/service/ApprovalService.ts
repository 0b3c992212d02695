import type {
  Approval,
  ApprovalInbox,
  ApprovalPage,
  ApprovalStatistics,
  DecideApprovalRequest,
} from '@agentic-backstage/plugin-agentic-common';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import {
  closeApproval,
  findApprovals,
  insertDecision,
  pageOfApprovals,
  voidApprovals,
  type ApprovalFilter,
} from '../database/ApprovalStore';
import { noteApprovalView } from '../database/ApprovalViewStore';
import { buildEvent, enqueueEvents } from '../database/Outbox';
import { isoNow } from '../database/rows';
import type { ApprovalRow } from '../database/tables';
import type { WorkflowStore } from '../database/WorkflowStore';
import type {
  ApprovalPolicy,
  Approver,
} from '../runtime/approval/ApprovalPolicy';
import {
  roleToSign,
  signaturesMissing,
} from '../runtime/approval/ApprovalRules';
import type { Critic } from '../runtime/critic/Critic';
import { describeVerdict } from '../runtime/critic/describeVerdict';
import { redact } from '../runtime/redact';
import { noteDecision } from '../telemetry/noteDecision';
import { approvalInbox } from './approvalInbox';
import { approvalStatistics } from './approvalStatistics';
import { RequestRefused } from './RequestRefused';

/** Shows approvals, takes people's decisions about them, and counts how those come about. */
export class ApprovalService {
  readonly #database: AgenticDatabase;
  readonly #store: Pick<WorkflowStore, 'get'>;
  readonly #policy: ApprovalPolicy;
  readonly #critic: Pick<Critic, 'current'>;
  readonly #wake: (workflowId: string) => Promise<void>;

  constructor(options: {
    database: AgenticDatabase;
    store: Pick<WorkflowStore, 'get'>;
    policy: ApprovalPolicy;
    critic: Pick<Critic, 'current'>;
    wake: (workflowId: string) => Promise<void>;
  }) {
    this.#database = options.database;
    this.#store = options.store;
    this.#policy = options.policy;
    this.#critic = options.critic;
    this.#wake = options.wake;
  }

  async list(filter: ApprovalFilter): Promise<Approval[]> {
    return findApprovals(this.#database.knex, filter);
  }

  /** One page, newest first. `cursor` stands for the place after its last item. */
  async page(options: {
    filter: ApprovalFilter;
    limit: number;
    after?: { readonly createdAt: string; readonly id: string };
    toCursor: (last: { createdAt: string; id: string }) => string;
  }): Promise<ApprovalPage> {
    const { filter, limit, after, toCursor } = options;
    const { items, total } = await pageOfApprovals(this.#database.knex, {
      filter,
      limit: limit + 1,
      after,
    });
    const page = items.slice(0, limit);
    const last = page[page.length - 1];
    return {
      items: page,
      totalItems: total,
      nextCursor:
        items.length > limit
          ? toCursor({ createdAt: last.createdAt, id: last.approvalId })
          : undefined,
    };
  }

  async find(approvalId: string): Promise<Approval | undefined> {
    const [approval] = await findApprovals(this.#database.knex, {
      id: approvalId,
    });
    return approval;
  }

  async get(approvalId: string): Promise<Approval> {
    const approval = await this.find(approvalId);
    if (!approval) {
      throw new NotFoundError(
        `No approval '${approvalId.slice(
          0,
          80,
        )}'; list the approvals you may see`,
      );
    }
    return approval;
  }

  /**
   * Takes one person's decision. One rejection rejects; the approval is granted when every required
   * role has signed. Refused when the person may not sign, when the approval is not open any more,
   * or when it is not the one the person was shown.
   */
  async decide(
    approvalId: string,
    request: DecideApprovalRequest,
    approver: Approver,
  ): Promise<Approval> {
    const { workflowId } = await this.get(approvalId);
    if (request.decision === 'reject' && request.reason.trim() === '') {
      throw new RequestRefused([
        {
          field: 'reason',
          message: 'A rejection needs a reason.',
          remedy:
            'Say what has to change, so that the requester can act on it.',
        },
      ]);
    }
    if (request.decision === 'approve') {
      await this.#checkWithCritic(approvalId);
    }
    await this.#database.withWorkflow(workflowId, async tx => {
      const [approval] = await findApprovals(tx.trx, { id: approvalId });
      if (approval.status !== 'open' || approval.expiresAt <= isoNow()) {
        throw new ConflictError(
          `This approval is ${
            approval.status === 'open' ? 'expired' : approval.status
          }; open the workflow to see what is asked for now`,
        );
      }
      if (
        approval.scopeHash !== request.scopeHash ||
        approval.planHash !== tx.workflow.plan_hash
      ) {
        throw new ConflictError(
          'What is asked for has changed since you looked at it; look at it again before you decide',
        );
      }
      const role = roleToSign(
        this.#policy,
        approval,
        approver,
        request.role,
        request.decision,
      );
      const signature = {
        decidedBy: approver.userEntityRef,
        role,
        decision: request.decision,
        reason: redact(request.reason),
        decidedAt: isoNow(),
      };
      await insertDecision(tx.trx, approvalId, signature);
      tx.afterCommit(() => noteDecision(tx.workflow, approval, signature));
      const word = request.decision === 'approve' ? 'approved' : 'rejected';
      tx.events.add({
        type: 'approval',
        level: request.decision === 'approve' ? 'info' : 'warn',
        taskId: approval.taskId,
        message: `${approver.userEntityRef} ${word} it as ${role}${
          request.reason ? `: ${redact(request.reason)}` : ''
        }`,
        data: { approvalId, role, decision: request.decision },
      });
      const missing = approval.requiredRoles.filter(
        required =>
          required !== role &&
          !approval.decisions.some(decision => decision.role === required),
      );
      if (request.decision === 'reject' || missing.length === 0) {
        const decisions = [...approval.decisions, signature];
        const lacks =
          request.decision === 'approve' &&
          signaturesMissing(this.#policy, { ...approval, decisions });
        if (lacks) {
          throw new ConflictError(
            `With your signature this would still not be approved: ${lacks}; cancel the workflow and start it again under the rules as they are now`,
          );
        }
        const status = request.decision === 'reject' ? 'rejected' : 'approved';
        await closeApproval(tx.trx, approvalId, status);
        await enqueueEvents(tx.trx, [
          buildEvent({
            agent: 'planner',
            type: 'approval.decided',
            correlationId: workflowId,
            detail: {
              approval_id: approvalId,
              workflow_id: workflowId,
              decision: status,
            },
          }),
        ]);
      }
    });
    await this.#wake(workflowId);
    return this.get(approvalId);
  }

  /** Notes that a person has it on the screen; what they decide later is measured against this. */
  async see(
    approvalId: string,
    person: Approver,
    details: boolean,
  ): Promise<void> {
    const { workflowId, status } = await this.get(approvalId);
    if (status !== 'open') {
      return;
    }
    await this.#database.withWorkflow(workflowId, async tx =>
      noteApprovalView(tx.trx, {
        approvalId,
        workflowId,
        userRef: person.userEntityRef,
        details,
      }),
    );
  }

  /** What waits for the reader, and what they can see of the rest. */
  async inbox(
    options: Omit<Parameters<typeof approvalInbox>[0], 'knex' | 'policy'>,
  ): Promise<ApprovalInbox> {
    return approvalInbox({
      ...options,
      knex: this.#database.knex,
      policy: this.#policy,
    });
  }

  /** How decisions came about in the last days, in the workflows the reader may see. */
  async statistics(options: {
    days: number;
    visible?: ApprovalFilter['visible'];
    reader?: Approver;
  }): Promise<ApprovalStatistics> {
    return approvalStatistics({
      ...options,
      knex: this.#database.knex,
      policy: this.#policy,
    });
  }

  /** A verdict that has run out is made anew before anybody signs on its word. */
  async #checkWithCritic(approvalId: string): Promise<void> {
    const approval = await this.get(approvalId);
    const { workflowId, taskId, status, expiresAt } = approval;
    const stored = await this.#store.get(workflowId);
    if (!stored || status !== 'open' || expiresAt <= isoNow()) {
      return;
    }
    const verdict = await this.#critic.current({ stored, taskId });
    const shown = approval.critic?.[0];
    const same = !shown || shown.subjectDigest === verdict.subjectDigest;
    if (verdict.decision !== 'block' && same) {
      return;
    }
    const reason = same
      ? describeVerdict(verdict)
      : 'What is to be carried out is not what the critic had reviewed';
    await this.#database.withWorkflow(workflowId, async tx => {
      const row = await tx
        .trx<ApprovalRow>('approvals')
        .where({ id: approvalId, status: 'open' })
        .first('id');
      if (row) {
        tx.events.add({
          type: 'approval',
          level: 'warn',
          taskId,
          message: `The approval is void: ${reason}`,
          data: { approvalId },
        });
        await voidApprovals(tx.trx, workflowId, {
          taskId,
          reason,
          actor: 'agent:critic',
        });
      }
    });
    await this.#wake(workflowId);
    throw new ConflictError(`${reason}; open the workflow to see what is next`);
  }
}
