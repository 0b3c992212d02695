import { z } from 'zod';
import { Approval, ApprovalRole, ApprovalStatus } from './approvals';

/** What an approval is to its reader, in the order in which an inbox shows it. */
export const ApprovalTurn = z.enum([
  /** The reader can sign now. */
  'mine',
  /** The reader can sign when somebody else has signed first. */
  'later',
  /** Somebody else has to sign. */
  'others',
  /** The reader asked for it, so somebody else has to sign. */
  'requested',
  /** The reader has signed; another signature is missing. */
  'signed',
  /** Nothing can be decided any more. */
  'closed',
]);
export type ApprovalTurn = z.infer<typeof ApprovalTurn>;

/** One entry of the inbox: the approval, and what it has to do with the reader. */
export const ApprovalInboxItem = z.object({
  approval: Approval,
  /** The agent whose work it is, while the plan in force has the task. */
  agent: z.string().optional(),
  turn: ApprovalTurn,
  /** The role in which the reader can sign now. */
  role: ApprovalRole.optional(),
  /** The group, or the reader in person, that holds that role. */
  heldBy: z.string().optional(),
  /** Why the reader cannot sign now. */
  because: z.string().optional(),
});
export type ApprovalInboxItem = z.infer<typeof ApprovalInboxItem>;

/** How many approvals have a value; each count is of what the other filters let through. */
export const FilterCount = z.object({
  value: z.string(),
  count: z.number().int().nonnegative(),
});
export type FilterCount = z.infer<typeof FilterCount>;

/** Answer of `GET /approvals/inbox`: the reader's own to decide first, and among them what expires soonest. */
export const ApprovalInbox = z.object({
  items: z.array(ApprovalInboxItem),
  /** All that fit the filters; `items` holds the first of them. */
  totalItems: z.number().int().nonnegative(),
  /** Of all that fit, how many the reader can sign now. */
  mine: z.number().int().nonnegative(),
  counts: z.object({
    status: z.array(FilterCount),
    environment: z.array(FilterCount),
    agent: z.array(FilterCount),
    requestedBy: z.array(FilterCount),
  }),
});
export type ApprovalInbox = z.infer<typeof ApprovalInbox>;

/** What the inbox can be narrowed by; open approvals unless another state is named. */
export const ApprovalInboxQuery = z
  .object({
    status: ApprovalStatus.default('open'),
    environment: z.string().max(63).optional(),
    agent: z.string().max(60).optional(),
    requestedBy: z.string().max(255).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .strict();
export type ApprovalInboxQuery = z.infer<typeof ApprovalInboxQuery>;
