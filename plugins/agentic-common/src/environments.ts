import { z } from 'zod';
import { ApprovalRole } from './approvals';

/** What data an environment holds: made up, real with the people taken out, or real. */
export const DataClass = z.enum(['synthetic', 'anonymised', 'live']);
export type DataClass = z.infer<typeof DataClass>;

/** Instead of an entity ref, whoever is signed in. */
export const EVERYONE = 'everyone';
/** Instead of an entity ref, the members of the group that owns the service. */
export const OWNERS = 'owners';

/** One environment as `GET /environments` shows it to the reader. */
export const EnvironmentView = z.object({
  name: z.string(),
  dataClass: DataClass.optional(),
  /** Whether a request for it must say why the change is made. */
  requireChangeReason: z.boolean(),
  /** Entity refs, or `everyone`, or `owners`: who may ask for work in it. */
  requesters: z.array(z.string()),
  /** Entity refs of those who may ask for work in it, and also go on with, retry and stop the work of others. */
  operators: z.array(z.string()),
  /** The signatures that a change in it needs. */
  requiredRoles: z.array(ApprovalRole),
  mayRequest: z.boolean(),
  /** Why the reader may not ask for work in it. */
  reason: z.string().optional(),
});
export type EnvironmentView = z.infer<typeof EnvironmentView>;

/** Answer of `GET /environments`. */
export const EnvironmentList = z.object({
  items: z.array(EnvironmentView),
  /** Whether repositories and services on the machine of the portal may be used at all. */
  localTarget: z.object({
    available: z.boolean(),
    reason: z.string().optional(),
  }),
});
export type EnvironmentList = z.infer<typeof EnvironmentList>;
