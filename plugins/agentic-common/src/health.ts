import { z } from 'zod';

/** Health of one agent; `inactive` agents are listed with the reason. */
export const AgentHealth = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  version: z.string(),
  status: z.enum(['active', 'inactive']),
  reason: z.string().optional(),
  emits: z.array(z.string()),
  tools: z.array(z.string()),
  lane: z.string(),
  invocations: z.number().int(),
  failures: z.number().int(),
  medianSeconds: z.number().optional(),
});
export type AgentHealth = z.infer<typeof AgentHealth>;

/** Answer of `GET /health`. */
export const Health = z.object({
  status: z.enum(['ok', 'degraded', 'starting']),
  checks: z.array(
    z.object({
      id: z.string(),
      status: z.enum(['ok', 'failed', 'starting']),
      message: z.string(),
    }),
  ),
  agents: z.array(z.object({ id: z.string(), status: z.string() })),
});
export type Health = z.infer<typeof Health>;
