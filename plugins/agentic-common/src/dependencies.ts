import { z } from 'zod';

/**
 * `closed` lets calls pass. `open` refuses them for a while, after too many failures in a row.
 * `half_open` lets one through to see whether it works again.
 */
export const BreakerState = z.enum(['closed', 'open', 'half_open']);
export type BreakerState = z.infer<typeof BreakerState>;

/** How one thing the framework leans on is doing, as this process sees it. */
export const DependencyState = z.object({
  /** `tool:<area>`, `evaluator:<id>`, `store:<id>`, or the name of a part of the portal. */
  id: z.string(),
  kind: z.enum(['tool', 'evaluator', 'portal', 'store']),
  breaker: BreakerState,
  /** Since when the breaker is in this state. */
  since: z.string(),
  /** While it is open: when the next call is let through. */
  nextTryAt: z.string().optional(),
  /** Failures since the last success. */
  failures: z.number().int(),
  lastFailure: z.object({ at: z.string(), message: z.string() }).optional(),
  lastSuccessAt: z.string().optional(),
  running: z.number().int(),
  queued: z.number().int(),
  limits: z.object({
    concurrency: z.number().int(),
    queue: z.number().int(),
    timeoutSeconds: z.number(),
    retries: z.number().int(),
    breakAfter: z.number().int(),
    openSeconds: z.number(),
  }),
});
export type DependencyState = z.infer<typeof DependencyState>;

/** Several things of which the first that can be asked answers. */
export const FailoverState = z.object({
  /** What they answer for, for example `secrets`. */
  id: z.string(),
  /** The ids of their dependencies, in the order in which they are asked. */
  order: z.array(z.string()),
  /** Which of them answered last. */
  answering: z.string(),
  since: z.string(),
  /** The last time that another one had to answer, and why. */
  lastFailover: z
    .object({
      at: z.string(),
      from: z.string(),
      to: z.string(),
      reason: z.string(),
    })
    .optional(),
});
export type FailoverState = z.infer<typeof FailoverState>;
