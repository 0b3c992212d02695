import { z } from 'zod';

/** What is to be verified. */
export const ObservabilityInput = z
  .object({ check: z.literal('health') })
  .strict();
export type ObservabilityInput = z.infer<typeof ObservabilityInput>;

/** What was seen. There is no history of metrics yet, and the summary says so. */
export const ObservabilityOutput = z.object({
  status: z.enum(['healthy', 'unhealthy']),
  samples: z.number().int().nonnegative(),
  /** Absent when no sample was answered. */
  p50Ms: z.number().nonnegative().optional(),
  maxMs: z.number().nonnegative().optional(),
  errorLines: z.number().int().nonnegative(),
  summary: z.string(),
});
export type ObservabilityOutput = z.infer<typeof ObservabilityOutput>;

/** What this agent reads from the answer of `http.probe`. */
export const Probe = z.object({
  healthy: z.boolean(),
  ready: z.boolean(),
  statusCode: z.number().optional(),
  latencyMs: z.number().optional(),
  evidence: z.string(),
});
export type Probe = z.infer<typeof Probe>;

/** What this agent reads from the answer of `process.logs`. */
export const Logs = z.object({ lines: z.array(z.string()) });
