import { z } from 'zod';

/** Days after which a secret that names no other term should get a new value. */
export const DEFAULT_ROTATION_DAYS = 90;

/** What may be said of a secret: everything but its values. */
export const SecretMetadata = z.object({
  /** The store it lies in, for example `portal` or `vault`. */
  store: z.string(),
  path: z.string(),
  /** Counts up with every new value; never used twice. */
  version: z.number().int().positive(),
  /** Facts that are no secrets, for example the name of the database a password belongs to. */
  labels: z.record(z.string(), z.string()),
  createdAt: z.string(),
  /** When its present value was written. */
  rotatedAt: z.string(),
  rotateAfterDays: z.number().int().positive(),
});
/** What may be said of a secret: everything but its values. */
export type SecretMetadata = z.infer<typeof SecretMetadata>;

/** A secret as the pages list it. */
export const SecretView = SecretMetadata.extend({
  /** When a new value is due. */
  dueAt: z.string(),
  due: z.boolean(),
});
/** A secret as the pages list it. */
export type SecretView = z.infer<typeof SecretView>;

/** What was done, or wanted, with a secret. */
export const SecretAccessAction = z.enum([
  'read',
  'conceal',
  'put',
  'rotate',
  'destroy',
  // Of credentials that are made for one call.
  'issue',
  'renew',
  'revoke',
]);
/** What was done, or wanted, with a secret. */
export type SecretAccessAction = z.infer<typeof SecretAccessAction>;

/** One line of the access log: who wanted which secret for what, and whether it was given. */
export const SecretAccessEntry = z.object({
  id: z.number().int(),
  at: z.string(),
  action: SecretAccessAction,
  outcome: z.enum(['granted', 'refused', 'failed']),
  /** Why it was not given. */
  reason: z.string().optional(),
  /** The reference; never the value. */
  secret: z.string(),
  version: z.number().int().optional(),
  /** `agent:<id>`, `user:…` or `system`. */
  actor: z.string(),
  tool: z.string().optional(),
  workflowId: z.string().optional(),
  taskId: z.string().optional(),
  /** The person the work is done for. */
  requestedBy: z.string().optional(),
  purpose: z.string(),
});
/** One line of the access log: who wanted which secret for what, and whether it was given. */
export type SecretAccessEntry = z.infer<typeof SecretAccessEntry>;

/** A store of secrets, and whether it can be used. */
export const SecretStoreView = z.object({
  id: z.string(),
  title: z.string(),
  /** Whether new secrets are put here. */
  isDefault: z.boolean(),
  /** Why it cannot be used, or not be listed, at the moment. */
  problem: z.string().optional(),
});
/** A store of secrets, and whether it can be used. */
export type SecretStoreView = z.infer<typeof SecretStoreView>;

/** Answer of `GET /secrets` and `GET /secrets/due`. */
export const SecretList = z.object({
  stores: z.array(SecretStoreView),
  secrets: z.array(SecretView),
});
/** Answer of `GET /secrets` and `GET /secrets/due`. */
export type SecretList = z.infer<typeof SecretList>;

/** Answer of `GET /secrets/access`, newest first. */
export const SecretAccessLog = z.object({
  entries: z.array(SecretAccessEntry),
  /** Pass as `before` for the next page; absent on the last one. */
  before: z.number().int().optional(),
});
/** Answer of `GET /secrets/access`, newest first. */
export type SecretAccessLog = z.infer<typeof SecretAccessLog>;
