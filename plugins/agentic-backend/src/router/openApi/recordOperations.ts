import { AuditFilter } from '@agentic-backstage/plugin-agentic-common';
import type { Operation } from './Operation';

const AUDIT_FILTER = Object.keys(AuditFilter.shape);

/** The audit log and the change record. */
export const RECORD_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/audit',
    id: 'searchAudit',
    summary: 'Search the change records of all workflows, newest first',
    query: [...AUDIT_FILTER, 'limit', 'cursor'],
    answers: { 200: 'AuditPage' },
  },
  {
    method: 'get',
    path: '/audit/export',
    id: 'exportAudit',
    summary:
      'Every entry that fits with its payload, as lines of JSON or as CSV; the export itself is put on record',
    query: [...AUDIT_FILTER, 'format'],
    answers: { 200: 'AuditEntry' },
  },
  {
    method: 'get',
    path: '/audit/chains/{chain}',
    id: 'getChain',
    summary: 'A whole chain as agentic-verify reads it',
    answers: { 200: 'ChangeRecordFile' },
  },
  {
    method: 'get',
    path: '/audit/chains/{chain}/verification',
    id: 'verifyChain',
    summary: 'Verify a chain now',
    answers: { 200: 'RecordVerification' },
  },
  {
    method: 'get',
    path: '/audit/chains/{chain}/entries/{seq}',
    id: 'getAuditEntry',
    summary: 'One entry with its payload',
    answers: { 200: 'AuditEntry' },
  },
  {
    method: 'post',
    path: '/audit/erasures',
    id: 'erasePayloads',
    summary:
      'Erase payloads; entries and digests stay, and the erasing is put on record',
    body: 'ErasePayloadsRequest',
    answers: { 200: 'PayloadsErased' },
  },
  {
    method: 'get',
    path: '/workflows/{id}/record',
    id: 'getWorkflowRecord',
    summary: 'The change record of a workflow as agentic-verify reads it',
    answers: { 200: 'ChangeRecordFile' },
  },
  {
    method: 'get',
    path: '/workflows/{id}/record/verification',
    id: 'verifyWorkflowRecord',
    summary: 'Verify the change record of a workflow now',
    answers: { 200: 'RecordVerification' },
  },
];
