import { z } from 'zod';
import { ApprovalRole } from './approvals';

/** How a group of decisions came about. Times are absent where there is nothing to count. */
export const DecisionFigures = z.object({
  decisions: z.number().int(),
  approved: z.number().int(),
  rejected: z.number().int(),
  /** From the request to the decision. */
  medianSecondsToDecide: z.number().optional(),
  p90SecondsToDecide: z.number().optional(),
  /** From the first view to the decision. */
  medianSecondsLookedAt: z.number().optional(),
  /** Approved without opening the details, or sooner after the first view than anybody can read. */
  blindApprovals: z.number().int(),
  blindRate: z.number().min(0).max(1).optional(),
});
export type DecisionFigures = z.infer<typeof DecisionFigures>;

/** Answer of `GET /approvals/statistics`: what people decided in a window of time, against approval fatigue. */
export const ApprovalStatistics = z.object({
  from: z.string(),
  to: z.string(),
  /** An approval sooner than this after the first view counts as blind. */
  blindSeconds: z.number(),
  open: z.number().int(),
  /** Open for longer than the reminder allows. */
  overdue: z.number().int(),
  all: DecisionFigures,
  byRole: z.array(DecisionFigures.extend({ role: ApprovalRole })),
  /** The reader's own figures; those of everybody only for people who hold an approver role. */
  byApprover: z.array(
    DecisionFigures.extend({ approver: z.string(), role: ApprovalRole }),
  ),
});
export type ApprovalStatistics = z.infer<typeof ApprovalStatistics>;
