import type {
  AuditEntry,
  AuditFilter,
  AuditPage,
  RecordVerification,
} from '@agentic-backstage/plugin-agentic-common';
import { AgenticRequestError } from '../../api/AgenticRequestError';
import { FakeOperations } from './FakeOperations';

/** The audit log and the change records. */
export class FakeAudit extends FakeOperations {
  async searchAudit(
    query: AuditFilter & { limit?: number; cursor?: string },
  ): Promise<AuditPage> {
    this.record('searchAudit', query);
    const all = (this.state.audit ?? []).filter(
      entry => !query.kind || entry.kind.startsWith(query.kind),
    );
    const from = Number(query.cursor ?? 0);
    const to = from + (query.limit ?? 50);
    return {
      items: all.slice(from, to),
      ...(to < all.length ? { nextCursor: String(to) } : {}),
    };
  }

  async getAuditEntry(chain: string, seq: number): Promise<AuditEntry> {
    this.record('getAuditEntry', { chain, seq });
    const found = this.state.audit?.find(
      entry => entry.chain === chain && entry.seq === seq,
    );
    if (!found) {
      throw new AgenticRequestError({
        name: 'NotFoundError',
        message: `There is no entry ${seq} of ${chain}`,
        status: 404,
      });
    }
    return found;
  }

  async exportAudit(
    filter: AuditFilter,
    format: 'ndjson' | 'csv',
  ): Promise<Blob> {
    this.record('exportAudit', { ...filter, format });
    return new Blob(['exported']);
  }

  async getRecord(workflowId: string): Promise<Blob> {
    this.record('getRecord', workflowId);
    return new Blob(['{}']);
  }

  async verifyChain(chain: string): Promise<RecordVerification> {
    this.record('verifyChain', chain);
    return {
      chain,
      status: 'intact',
      entries: 12,
      erasedPayloads: 0,
      head: { seq: 12, hash: 'f'.repeat(64) },
      problems: [],
      checkedAt: '2026-01-01T12:00:00.000Z',
      ...this.state.verification,
    };
  }
}
