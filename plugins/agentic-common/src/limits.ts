import { z } from 'zod';

/** What a limit counts. Money is in the currency the portal is configured with. */
export const LimitMeasure = z.enum([
  'requests',
  'streams',
  'workflows',
  'steps',
  'tokens',
  'money',
]);
export type LimitMeasure = z.infer<typeof LimitMeasure>;

/** Whose use a limit counts. */
export const LimitScope = z.enum(['user', 'team', 'overall', 'run']);
export type LimitScope = z.infer<typeof LimitScope>;

/** The time a limit counts over; `open` counts what is not ended yet, `run` a workflow from its beginning. */
export const LimitPeriod = z.enum([
  'second',
  'minute',
  'day',
  'month',
  'open',
  'run',
]);
export type LimitPeriod = z.infer<typeof LimitPeriod>;

/** One limit as it stands: what is allowed, what is used, and when it frees. */
export const LimitUse = z.object({
  scope: LimitScope,
  /** Entity ref of the user or team, id of the workflow, or `everybody`. */
  subject: z.string(),
  measure: LimitMeasure,
  period: LimitPeriod,
  /** Absent where use is not counted over time, as for requests. */
  used: z.number().nonnegative().optional(),
  /** Absent when nothing is set. */
  allowed: z.number().nonnegative().optional(),
  state: z.enum(['ok', 'near', 'reached']),
  /** When the count begins anew; absent when it frees as workflows end. */
  freesAt: z.string().optional(),
});
export type LimitUse = z.infer<typeof LimitUse>;

/** Answer of `GET /limits`: what is configured and what is used, as far as the reader may see. */
export const LimitsReport = z.object({
  currency: z.string(),
  items: z.array(LimitUse),
});
export type LimitsReport = z.infer<typeof LimitsReport>;

/** What one piece of work used. `money` is in the currency the portal is configured with. */
export const Usage = z.object({
  steps: z.number().int().nonnegative(),
  tokens: z.number().int().nonnegative(),
  money: z.number().nonnegative(),
});
export type Usage = z.infer<typeof Usage>;
