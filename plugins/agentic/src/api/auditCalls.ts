import type {
  AuditEntry,
  AuditFilter,
  AuditPage,
  RecordVerification,
} from '@agentic-backstage/plugin-agentic-common';
import { withQuery, segment, type HttpCalls } from './HttpCalls';

/** The audit log and the change records. */
export function auditCalls(http: HttpCalls) {
  return {
    async searchAudit(
      query: AuditFilter & { limit?: number; cursor?: string },
    ): Promise<AuditPage> {
      return http.get(withQuery('/audit', query));
    },

    async getAuditEntry(chain: string, seq: number): Promise<AuditEntry> {
      return http.get(`/audit/chains/${segment(chain)}/entries/${seq}`);
    },

    async exportAudit(
      filter: AuditFilter,
      format: 'ndjson' | 'csv',
    ): Promise<Blob> {
      const path = withQuery('/audit/export', { ...filter, format });
      return (await http.request(path, {})).blob();
    },

    async getRecord(workflowId: string): Promise<Blob> {
      const path = `/workflows/${segment(workflowId)}/record`;
      return (await http.request(path, {})).blob();
    },

    async verifyChain(chain: string): Promise<RecordVerification> {
      return http.get(`/audit/chains/${segment(chain)}/verification`);
    },
  };
}
