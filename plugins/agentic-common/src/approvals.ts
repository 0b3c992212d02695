import { z } from 'zod';
import { Effect } from './effects';

/** The two signatures of an approval chain. */
export const ApprovalRole = z.enum(['strategic', 'final']);
export type ApprovalRole = z.infer<typeof ApprovalRole>;

export const ApprovalStatus = z.enum([
  'open',
  'approved',
  'rejected',
  'expired',
  'void',
]);
export type ApprovalStatus = z.infer<typeof ApprovalStatus>;

/** One person's answer to an approval request. */
export const ApprovalDecision = z.object({
  decidedBy: z.string(),
  role: ApprovalRole,
  decision: z.enum(['approve', 'reject']),
  reason: z.string(),
  decidedAt: z.string(),
});
export type ApprovalDecision = z.infer<typeof ApprovalDecision>;

/**
 * A request for permission to carry out exactly the listed effects of exactly one plan.
 * `scopeHash` is the SHA-256 over plan hash, environment and every effect's tool and parameter digest.
 */
export const Approval = z.object({
  approvalId: z.string(),
  workflowId: z.string(),
  taskId: z.string(),
  serviceName: z.string(),
  environment: z.string(),
  requestedBy: z.string(),
  planHash: z.string(),
  scopeHash: z.string(),
  status: ApprovalStatus,
  requiredRoles: z.array(ApprovalRole),
  createdAt: z.string(),
  expiresAt: z.string(),
  /** what is asked for, what it would do, how far it reaches, how it is undone. */
  plan: z.object({ title: z.string(), steps: z.array(z.string()) }),
  dryRunResults: z.array(
    z.object({
      effectId: z.string(),
      tool: z.string(),
      summary: z.string(),
      changes: Effect.shape.dryRun.shape.changes,
      warnings: z.array(z.string()),
      verdict: Effect.shape.verdict,
    }),
  ),
  estimatedImpact: z.object({
    blastRadius: z.string(),
    destructive: z.boolean(),
    monthlyCost: z.string(),
  }),
  rollbackStrategy: z.array(z.string()),
  decisions: z.array(ApprovalDecision),
});
export type Approval = z.infer<typeof Approval>;

/** Body of `POST /approvals/:id/decision`. Both hashes must be those the approver was shown. */
export const DecideApprovalRequest = z
  .object({
    decision: z.enum(['approve', 'reject']),
    role: ApprovalRole.optional(),
    reason: z.string().max(2000).default(''),
    scopeHash: z.string().regex(/^[0-9a-f]{64}$/),
  })
  .strict();
export type DecideApprovalRequest = z.infer<typeof DecideApprovalRequest>;
