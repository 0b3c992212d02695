import type {
  Approval,
  ApprovalInbox,
  ApprovalPage,
  ApprovalStatistics,
} from '@agentic-backstage/plugin-agentic-common';
import type { ApprovalAnswer, ApprovalQuery, InboxQuery } from './AgenticApi';
import { withQuery, segment, type HttpCalls } from './HttpCalls';

/** Approvals: read, look at, decide. */
export function approvalCalls(http: HttpCalls) {
  return {
    async getApprovalInbox(query: InboxQuery): Promise<ApprovalInbox> {
      return http.get(withQuery('/approvals/inbox', { ...query }));
    },

    async listApprovals(query: ApprovalQuery): Promise<ApprovalPage> {
      return http.get(withQuery('/approvals', { ...query }));
    },

    async getApproval(approvalId: string): Promise<Approval> {
      return http.get(`/approvals/${segment(approvalId)}`);
    },

    async decideApproval(
      approvalId: string,
      answer: ApprovalAnswer,
    ): Promise<void> {
      await http.send(`/approvals/${segment(approvalId)}/decision`, answer);
    },

    async seeApproval(approvalId: string, details: boolean): Promise<void> {
      await http.send(`/approvals/${segment(approvalId)}/seen`, { details });
    },

    async getApprovalStatistics(days: number): Promise<ApprovalStatistics> {
      return http.get(withQuery('/approvals/statistics', { days }));
    },
  };
}
