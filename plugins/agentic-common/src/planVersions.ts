import { z } from 'zod';
import { ApprovalDecision } from './approvals';
import { PlanDifference } from './planDifference';

/** An approval of an earlier plan that a new version made void. */
export const VoidedApproval = z.object({
  approvalId: z.string(),
  taskId: z.string(),
  title: z.string(),
  reason: z.string(),
  /** The signatures that went with it. */
  decisions: z.array(ApprovalDecision),
});
export type VoidedApproval = z.infer<typeof VoidedApproval>;

/** One version of a workflow's plan: who made it, why, and what it made void. */
export const PlanVersion = z.object({
  version: z.number().int().positive(),
  planHash: z.string(),
  createdAt: z.string(),
  /** Who asked, or who changed the request. */
  changedBy: z.string(),
  /** Why the request was changed; the first version has none. */
  reason: z.string().optional(),
  /** Only for those who may read approvals. */
  voided: z.array(VoidedApproval),
});
export type PlanVersion = z.infer<typeof PlanVersion>;

/** Answer of `GET /workflows/:id/plans`, oldest first; the last one is in force. */
export const PlanVersionList = z.object({ items: z.array(PlanVersion) });
export type PlanVersionList = z.infer<typeof PlanVersionList>;

/** Answer of `GET /workflows/:id/plans/difference`: what is not the same in two versions, and the versions after the first up to the second. */
export const PlanComparison = z.object({
  from: z.number().int().positive(),
  to: z.number().int().positive(),
  difference: PlanDifference,
  /** The steps in between: each with who, why and what became void. Empty when looked at backwards. */
  steps: z.array(PlanVersion),
});
export type PlanComparison = z.infer<typeof PlanComparison>;
