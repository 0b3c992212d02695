import { z } from 'zod';
import { Lane } from './lanes';

/** One thing that would change, as a tool's dry run found it. */
export const PlannedChange = z.object({
  action: z.enum(['create', 'update', 'delete', 'none']),
  resource: z.string(),
  detail: z.string(),
});
export type PlannedChange = z.infer<typeof PlannedChange>;

/** What a tool says it would do; kept on record before anything is done. */
export const DryRun = z.object({
  summary: z.string(),
  changes: z.array(PlannedChange),
  warnings: z.array(z.string()),
});
export type DryRun = z.infer<typeof DryRun>;

/** How far an effect reaches if it goes wrong. */
export const BlastRadius = z.object({
  scope: z.enum(['none', 'service', 'environment', 'organisation']),
  destructive: z.boolean(),
  description: z.string(),
});
export type BlastRadius = z.infer<typeof BlastRadius>;

/** What an independent look at the world found after an effect. */
export const ReadBack = z.object({
  state: z.enum(['confirmed', 'absent', 'unknown']),
  evidence: z.string(),
  observedAt: z.string(),
});
export type ReadBack = z.infer<typeof ReadBack>;

/** One rule that was broken, or that could not be decided. */
export const Violation = z.object({
  rule: z.string(),
  severity: z.enum(['low', 'medium', 'high', 'critical']),
  message: z.string(),
  file: z.string().optional(),
  line: z.number().int().positive().optional(),
  remedy: z.string().optional(),
});
export type Violation = z.infer<typeof Violation>;

/** The answer of policy for one subject. `needs_review` is the default when nothing matched. */
export const Verdict = z.object({
  decision: z.enum(['allow', 'deny', 'needs_review']),
  reasons: z.array(z.string()),
  violations: z.array(Violation),
  evaluators: z.array(z.string()),
});
export type Verdict = z.infer<typeof Verdict>;

/** An effect's way through the guard. `started` without a result means it must be read back. */
export const EffectStatus = z.enum([
  'proposed',
  'started',
  'confirmed',
  'unknown',
  'failed',
  'rolled_back',
  'rollback_failed',
]);
export type EffectStatus = z.infer<typeof EffectStatus>;

/** One call of a tool that changes the world, with all that is on record about it. */
export const Effect = z.object({
  effectId: z.string(),
  workflowId: z.string(),
  taskId: z.string(),
  key: z.string(),
  tool: z.string(),
  lane: Lane,
  status: EffectStatus,
  params: z.record(z.string(), z.unknown()),
  paramsDigest: z.string(),
  blastRadius: BlastRadius,
  dryRun: DryRun,
  verdict: Verdict,
  result: z.record(z.string(), z.unknown()).optional(),
  readBack: ReadBack.optional(),
  error: z.string().optional(),
});
export type Effect = z.infer<typeof Effect>;
