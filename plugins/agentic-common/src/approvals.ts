import { z } from 'zod';
import { CriticVerdict } from './critic';
import { Effect } from './effects';
import { ApprovalKind, OperationOutcome } from './operations';
import { FieldChange, PlanDifference } from './planDifference';

/** The two signatures of an approval chain, in the order they are given. */
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

/** One answer to an approval request. `decidedBy` is a person, or `agent:critic` where the critic may sign. */
export const ApprovalDecision = z.object({
  decidedBy: z.string(),
  role: ApprovalRole,
  decision: z.enum(['approve', 'reject']),
  reason: z.string(),
  decidedAt: z.string(),
});
export type ApprovalDecision = z.infer<typeof ApprovalDecision>;

/** Who has to sign an approval, in which order, and why. Fixed when it is asked for. */
export const ApprovalChain = z.object({
  /** With `fixed` the strategic signature comes first. */
  order: z.enum(['fixed', 'any']),
  /** Who holds each required role, as configured when it was asked for. */
  holders: z.array(z.object({ role: ApprovalRole, refs: z.array(z.string()) })),
  requesterMayApprove: z.boolean(),
  /** The critic may give the strategic signature when it has nothing to say against it. */
  criticMaySign: z.boolean(),
  /** Why two people have to sign; empty when the environment alone decides. */
  twoPeopleBecause: z.array(z.string()),
});
export type ApprovalChain = z.infer<typeof ApprovalChain>;

/** What has changed since the approval that this one takes the place of. */
export const ApprovalDifference = z.object({
  approvalId: z.string(),
  status: ApprovalStatus,
  reason: z.string(),
  plan: PlanDifference.optional(),
  operationsAdded: z.array(z.string()),
  operationsRemoved: z.array(z.string()),
  operationsChanged: z.array(
    z.object({ operation: z.string(), fields: z.array(FieldChange) }),
  ),
});
export type ApprovalDifference = z.infer<typeof ApprovalDifference>;

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
  plan: z.object({
    title: z.string(),
    steps: z.array(z.string()),
    version: z.number().int().optional(),
  }),
  dryRunResults: z.array(
    z.object({
      effectId: z.string(),
      tool: z.string(),
      summary: z.string(),
      changes: Effect.shape.dryRun.shape.changes,
      warnings: z.array(z.string()),
      verdict: Effect.shape.verdict,
      /** Policy and critic together. Only the whole scope can be approved. */
      outcome: OperationOutcome.optional(),
    }),
  ),
  estimatedImpact: z.object({
    blastRadius: z.string(),
    destructive: z.boolean(),
    monthlyCost: z.string(),
  }),
  rollbackStrategy: z.array(z.string()),
  decisions: z.array(ApprovalDecision),
  /** Absent on approvals from before there were chains, as are the next three. */
  chain: ApprovalChain.optional(),
  kind: ApprovalKind.optional(),
  /** What the critic said about the effects, and about the outputs they are made from. */
  critic: z.array(CriticVerdict).optional(),
  changedSince: ApprovalDifference.optional(),
  /** Why it is void. */
  voidReason: z.string().optional(),
  remindedAt: z.string().optional(),
  escalatedAt: z.string().optional(),
});
export type Approval = z.infer<typeof Approval>;

/** Body of `POST /approvals/:id/decision`. The hash must be the one the approver was shown. */
export const DecideApprovalRequest = z
  .object({
    decision: z.enum(['approve', 'reject']),
    role: ApprovalRole.optional(),
    /** Required for `reject`. */
    reason: z.string().max(2000).default(''),
    scopeHash: z.string().regex(/^[0-9a-f]{64}$/),
  })
  .strict();
export type DecideApprovalRequest = z.infer<typeof DecideApprovalRequest>;

/** Body of `POST /approvals/:id/seen`: a person has it on the screen, or has its details there. */
export const SeeApprovalRequest = z
  .object({ details: z.boolean().default(false) })
  .strict();
export type SeeApprovalRequest = z.infer<typeof SeeApprovalRequest>;

/** Answer of `GET /approvals`. `nextCursor` is absent on the last page. */
export const ApprovalPage = z.object({
  items: z.array(Approval),
  totalItems: z.number().int(),
  nextCursor: z.string().optional(),
});
export type ApprovalPage = z.infer<typeof ApprovalPage>;
