import type {
  Approval,
  DecideApprovalRequest,
} from '@agentic-backstage/plugin-agentic-common';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import {
  closeApproval,
  findApprovals,
  insertDecision,
} from '../database/ApprovalStore';
import { buildEvent, enqueueEvents } from '../database/Outbox';
import { isoNow } from '../database/rows';
import {
  roleToSign,
  type ApprovalPolicy,
  type Approver,
} from '../runtime/approval/ApprovalRules';
import { redact } from '../runtime/redact';
import { RequestRefused } from './RequestRefused';

/** Shows approvals and takes people's decisions about them. */
export class ApprovalService {
  readonly #database: AgenticDatabase;
  readonly #policy: ApprovalPolicy;
  readonly #wake: (workflowId: string) => Promise<void>;

  constructor(options: {
    database: AgenticDatabase;
    policy: ApprovalPolicy;
    wake: (workflowId: string) => Promise<void>;
  }) {
    this.#database = options.database;
    this.#policy = options.policy;
    this.#wake = options.wake;
  }

  async list(filter: {
    status?: string;
    workflowId?: string;
    visible?: Parameters<typeof findApprovals>[1]['visible'];
  }): Promise<Approval[]> {
    return findApprovals(this.#database.knex, filter);
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
      const role = roleToSign(this.#policy, approval, approver, request.role);
      await insertDecision(tx.trx, approvalId, {
        decidedBy: approver.userEntityRef,
        role,
        decision: request.decision,
        reason: redact(request.reason),
        decidedAt: isoNow(),
      });
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
}
