import type {
  Approval,
  ApprovalInbox,
  ApprovalPage,
  ApprovalStatistics,
} from '@agentic-backstage/plugin-agentic-common';
import { AgenticRequestError } from '../../api/AgenticRequestError';
import type { ApprovalAnswer, ApprovalQuery, InboxQuery } from '../../api/AgenticApi';
import { noStatistics } from '../sampleApprovals';
import { FakeWorkflows } from './FakeWorkflows';

/** The approvals of the workflows it holds. */
export class FakeApprovals extends FakeWorkflows {
  async getApprovalInbox(query: InboxQuery): Promise<ApprovalInbox> {
    this.record('getApprovalInbox', query);
    const { status = 'open', environment, limit = 50 } = query;
    const items = this.workflows
      .flatMap(workflow => workflow.approvals)
      .filter(
        approval =>
          approval.status === status &&
          (!environment || approval.environment === environment),
      )
      .map(approval => ({
        approval,
        agent: 'codegen',
        turn: status === 'open' ? ('others' as const) : ('closed' as const),
      }));
    return {
      items: items.slice(0, limit),
      totalItems: items.length,
      mine: 0,
      counts: { status: [], environment: [], agent: [], requestedBy: [] },
      ...this.state.inbox,
    };
  }

  async listApprovals(query: ApprovalQuery): Promise<ApprovalPage> {
    this.record('listApprovals', query);
    const all = this.workflows
      .flatMap(workflow => workflow.approvals)
      .filter(
        ({ status, workflowId }) =>
          (!query.status || status === query.status) &&
          (!query.workflowId || workflowId === query.workflowId),
      );
    const from = Number(query.cursor ?? 0);
    const to = from + (query.limit ?? 50);
    return {
      items: all.slice(from, to),
      totalItems: all.length,
      ...(to < all.length ? { nextCursor: String(to) } : {}),
    };
  }

  async getApproval(approvalId: string): Promise<Approval> {
    this.record('getApproval', approvalId);
    const found = this.workflows
      .flatMap(workflow => workflow.approvals)
      .find(approval => approval.approvalId === approvalId);
    if (!found) {
      throw new AgenticRequestError({
        name: 'NotFoundError',
        message: `There is no approval ${approvalId}`,
        status: 404,
      });
    }
    return found;
  }

  async decideApproval(
    approvalId: string,
    answer: ApprovalAnswer,
  ): Promise<void> {
    this.record('decideApproval', { approvalId, ...answer });
  }

  async seeApproval(approvalId: string, details: boolean): Promise<void> {
    this.record('seeApproval', { approvalId, details });
  }

  async getApprovalStatistics(days: number): Promise<ApprovalStatistics> {
    this.record('getApprovalStatistics', days);
    return this.state.statistics ?? noStatistics();
  }
}
