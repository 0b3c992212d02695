import { z } from 'zod';
import { DependencyState, FailoverState } from './dependencies';
import { KillSwitch } from './killSwitch';
import { Lane } from './lanes';

/** What an agent may do beside calling its tools. Enforced where it is done; nothing, unless declared. */
export const AgentPermission = z.enum(['artifacts.write']);
export type AgentPermission = z.infer<typeof AgentPermission>;

/** One agent: what it may do, whether it can, and how it has done. `inactive` agents are listed with the reason. */
export const AgentHealth = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  version: z.string(),
  status: z.enum(['active', 'inactive']),
  reason: z.string().optional(),
  /** Fields of the input it takes; those that may be missing end in `?`. */
  accepts: z.array(z.string()),
  /** Event types it may publish. */
  emits: z.array(z.string()),
  permissions: z.array(AgentPermission),
  /** Ids of the tools it may call. */
  tools: z.array(z.string()),
  /** The stop that holds for it now. */
  stopped: KillSwitch.optional(),
  /** The most it asks for. */
  lane: Lane,
  /** What holds: the lower of what it asks for and how far people have let it. */
  effectiveLane: Lane.optional(),
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

/** Figures and advice for those who run the portal; part of `GET /health/details` for them. */
export const OperationsHealth = z.object({
  /** Processes that work on the database. */
  replicas: z.number().int(),
  /** Runs the engine holds as not ended. */
  engineRuns: z.number().int(),
  outbox: z.object({
    pending: z.number().int(),
    dead: z.number().int(),
    /** Age of the oldest entry that is not delivered; 0 when there is none. */
    oldestSeconds: z.number(),
  }),
  approvals: z.object({ open: z.number().int(), oldestSeconds: z.number() }),
  /** The latest sweep; absent when there was none. */
  sweeper: z
    .object({
      secondsAgo: z.number(),
      outcomes: z.record(z.string(), z.number().int()),
    })
    .optional(),
  /** What the doctor would put right; docs/troubleshooting.md explains each by its id. */
  advice: z.array(
    z.object({
      id: z.string(),
      level: z.enum(['error', 'warning']),
      found: z.string(),
      remedy: z.string().optional(),
    }),
  ),
});
export type OperationsHealth = z.infer<typeof OperationsHealth>;

/** Answer of `GET /health/details`: everything the framework leans on, as the answering process sees it. */
export const HealthDetails = Health.extend({
  checkedAt: z.string(),
  /** Which of the portal's processes answered. */
  process: z.string(),
  dependencies: z.array(DependencyState),
  /** For those with `agentic.operations.read`. */
  operations: OperationsHealth.optional(),
  /** Where several stand in for each other, and who answers. */
  failovers: z.array(FailoverState),
  /** What the machine can do. */
  runtimes: z.array(
    z.object({ id: z.string(), available: z.boolean(), detail: z.string() }),
  ),
});
export type HealthDetails = z.infer<typeof HealthDetails>;
