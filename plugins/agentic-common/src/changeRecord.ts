import { z } from 'zod';

/**
 * Everything that is put on record, one kind per change of state: noun, dot, past verb. A kind is
 * never renamed, since old records keep it.
 */
export const ChangeKind = z.enum([
  'request.received',
  'request.previewed',
  'request.refused',
  'plan.sealed',
  'plan.revised',
  'artifact.stored',
  'files.generated',
  'verdict.recorded',
  'dry_run.recorded',
  'critic.reviewed',
  'approval.requested',
  'approval.seen',
  'approval.signed',
  'approval.granted',
  'approval.rejected',
  'approval.voided',
  'approval.expired',
  'approval.reminded',
  'approval.escalated',
  'gate.refused',
  'effect.proposed',
  'effect.begun',
  'effect.executed',
  'effect.failed',
  'effect.confirmed',
  'effect.unknown',
  'effect.undone',
  'effect.undo_failed',
  'effect.undo_retried',
  'read_back.recorded',
  'task.started',
  'task.settled',
  'workflow.paused',
  'workflow.resumed',
  'workflow.cancelled',
  'workflow.retried',
  'workflow.ended',
  'deployment.stop_asked',
  'deployment.stopped',
  'deployment.stop_unconfirmed',
  'lane.demoted',
  'lane.promoted',
  'agents.stopped',
  'agents.started',
  'limit.changed',
  'limit.reached',
  'loop.stopped',
  'environment.changed',
  'incident.opened',
  'incident.reopened',
  'incident.acknowledged',
  'incident.assigned',
  'incident.commented',
  'incident.escalated',
  'incident.mitigated',
  'incident.resolved',
  'secret.written',
  'secret.read',
  'secret.deleted',
  'secret.issued',
  'secret.renewed',
  'secret.revoked',
  'sweep.reported',
  'sweep.started',
  'sweep.settled',
  'sweep.done',
  'audit.exported',
  'payload.erased',
  'record.broken',
]);
export type ChangeKind = z.infer<typeof ChangeKind>;

/** The chain of everything that belongs to no workflow. */
export const SYSTEM_CHAIN = 'system';

/** The payload of an entry: kept, or erased with when, why and the entry that says so. */
export const AuditPayload = z.union([
  z.object({ salt: z.string(), value: z.unknown() }),
  z.object({
    erased: z.object({
      at: z.string(),
      reason: z.string(),
      entry: z.number().int(),
    }),
  }),
]);
export type AuditPayload = z.infer<typeof AuditPayload>;

/** One entry of the audit log: an entry of a change record with where it belongs. */
export const AuditEntry = z.object({
  chain: z.string(),
  seq: z.number().int().positive(),
  kind: z.string(),
  actor: z.string(),
  subject: z.string(),
  at: z.string(),
  payloadDigest: z.string(),
  previous: z.string(),
  hash: z.string(),
  /** Of the workflow the entry belongs to. */
  serviceName: z.string().optional(),
  environment: z.string().optional(),
  payload: AuditPayload.optional(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** One page of the audit log, newest first. */
export const AuditPage = z.object({
  items: z.array(AuditEntry),
  nextCursor: z.string().optional(),
});
export type AuditPage = z.infer<typeof AuditPage>;

/** What the audit log can be narrowed by. */
export const AuditFilter = z
  .object({
    workflow: z.string().max(40),
    kind: z.string().max(200),
    actor: z.string().max(255),
    service: z.string().max(63),
    environment: z.string().max(63),
    from: z.iso.datetime({ offset: true }),
    to: z.iso.datetime({ offset: true }),
    text: z.string().max(200),
  })
  .partial()
  .strict();
export type AuditFilter = z.infer<typeof AuditFilter>;

/** Whether a chain is what was recorded, as the portal has just computed it. */
export const RecordVerification = z.object({
  chain: z.string(),
  status: z.enum(['intact', 'broken']),
  entries: z.number().int(),
  erasedPayloads: z.number().int(),
  head: z.object({ seq: z.number().int(), hash: z.string() }),
  problems: z.array(
    z.object({
      code: z.string(),
      seq: z.number().int().optional(),
      message: z.string(),
    }),
  ),
  checkedAt: z.string(),
});
export type RecordVerification = z.infer<typeof RecordVerification>;

/** A whole chain with its payloads, as `agentic-verify` reads it. */
export const ChangeRecordFile = z.object({
  format: z.literal('agentic-change-record'),
  version: z.literal(1),
  chain: z.string(),
  entries: z.array(
    AuditEntry.omit({
      chain: true,
      serviceName: true,
      environment: true,
      payload: true,
    }),
  ),
  payloads: z.record(z.string(), AuditPayload),
  head: z.object({ seq: z.number().int(), hash: z.string() }),
});
export type ChangeRecordFile = z.infer<typeof ChangeRecordFile>;

/** Asks to erase the payloads of entries; entries and digests stay. */
export const ErasePayloadsRequest = z
  .object({
    chain: z.string().min(1).max(40),
    entries: z.array(z.number().int().positive()).min(1).max(500),
    reason: z.string().trim().min(1).max(500),
  })
  .strict();
export type ErasePayloadsRequest = z.infer<typeof ErasePayloadsRequest>;
