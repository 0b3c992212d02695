import { z } from 'zod';

/**
 * What a sweep takes away. Rows and files may be swept by the schedule when the portal is configured
 * so; repositories, databases and processes only when a person has read the report and says so.
 */
export const SweepClass = z.enum([
  'rows',
  'files',
  'repositories',
  'databases',
  'processes',
]);
export type SweepClass = z.infer<typeof SweepClass>;

/** One thing that would go, and why. */
export const SweepItem = z.object({
  /** The sweep task that found it and would remove it. */
  task: z.string(),
  class: SweepClass,
  /** Unique within the task. */
  id: z.string(),
  title: z.string(),
  reason: z.string(),
  /** What would be done: deleted, moved to the archive, stopped, … */
  action: z.string(),
});
export type SweepItem = z.infer<typeof SweepItem>;

/** An effect that could not be undone, which no sweep touches: a person has to try again or tidy up by hand. */
export const StuckEffect = z.object({
  effectId: z.string(),
  workflowId: z.string(),
  serviceName: z.string(),
  environment: z.string(),
  tool: z.string(),
  evidence: z.string(),
  since: z.string().optional(),
});
export type StuckEffect = z.infer<typeof StuckEffect>;

/** Answer of `POST /sweeper/dry-run`: exactly what would go. Nothing was changed. */
export const SweepReport = z.object({
  /** SHA-256 over the items; `POST /sweeper/run` takes it and does exactly this report. */
  reportDigest: z.string(),
  createdAt: z.string(),
  createdBy: z.string(),
  /** After this the report is too old to be run. */
  validUntil: z.string(),
  items: z.array(SweepItem),
  /** Things that were found but belong to something living, with what they belong to. */
  kept: z.array(
    SweepItem.pick({ task: true, id: true, title: true, reason: true }),
  ),
  /** Sweep tasks that could not look; what they would have found is not in the report. */
  failures: z.array(z.object({ task: z.string(), message: z.string() })),
  stuckEffects: z.array(StuckEffect),
});
export type SweepReport = z.infer<typeof SweepReport>;

/** Body of `POST /sweeper/dry-run`: nothing. */
export const SweepRequest = z.object({}).strict();
export type SweepRequest = z.infer<typeof SweepRequest>;

/** Body of `POST /sweeper/run`. */
export const RunSweepRequest = z
  .object({
    reportDigest: z.string().regex(/^[0-9a-f]{64}$/),
    reason: z.string().max(2000).default(''),
  })
  .strict();
export type RunSweepRequest = z.infer<typeof RunSweepRequest>;

/** What became of one thing of a report. */
export const SweptItem = SweepItem.extend({
  outcome: z.enum(['pending', 'removed', 'kept', 'failed']),
  evidence: z.string().optional(),
});
export type SweptItem = z.infer<typeof SweptItem>;

/** One run of the sweeper with all it did. */
export const SweepRun = z.object({
  sweepId: z.string(),
  reportDigest: z.string(),
  status: z.enum(['running', 'done']),
  /** Entity ref of a person, or `system` for the schedule. */
  startedBy: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().optional(),
  items: z.array(SweptItem),
});
export type SweepRun = z.infer<typeof SweepRun>;

/** Answer of `GET /sweeper/runs`, newest first. */
export const SweepRunList = z.object({ items: z.array(SweepRun) });
export type SweepRunList = z.infer<typeof SweepRunList>;

/** Answer of `POST /workflows/:id/effects/:effectId/undo`. */
export const UndoEffectResponse = z.object({
  effectId: z.string(),
  undone: z.boolean(),
  evidence: z.string(),
});
export type UndoEffectResponse = z.infer<typeof UndoEffectResponse>;
