import { z } from 'zod';

/** The lanes in rising order of power. A lane is enforced where tools are called, never in a prompt. */
export const LANES = ['read_only', 'dry_run', 'execute'] as const;

/** What a caller may do to the world: look, simulate, or change. */
export const Lane = z.enum(LANES);
export type Lane = z.infer<typeof Lane>;

/** Says whether a caller in `held` may do what needs `needed`. */
export function laneAllows(held: Lane, needed: Lane): boolean {
  return LANES.indexOf(held) >= LANES.indexOf(needed);
}

/** The lower of two lanes: what is left when both a declaration and a promotion bound an agent. */
export function lowerLane(one: Lane, other: Lane): Lane {
  return laneAllows(one, other) ? other : one;
}

/** What was seen of an agent before it was promoted. */
export const LaneEvidence = z.object({
  /** In the words of the person who promotes. */
  seen: z.string(),
  /** The workflows looked at, each with what is on record there from this agent. */
  workflows: z.array(
    z.object({
      workflowId: z.string(),
      dryRuns: z.number().int(),
      denied: z.number().int(),
    }),
  ),
});
export type LaneEvidence = z.infer<typeof LaneEvidence>;

/** One promotion or demotion of an agent, as it is on record. */
export const LaneChange = z.object({
  seq: z.number().int().positive(),
  from: Lane,
  to: Lane,
  /** `bootstrap`: it came with the framework; `configuration`: an operator set it; `person`: somebody decided. */
  source: z.enum(['bootstrap', 'configuration', 'person']),
  changedBy: z.string(),
  reason: z.string(),
  evidence: LaneEvidence.optional(),
  agentVersion: z.string(),
  at: z.string(),
});
export type LaneChange = z.infer<typeof LaneChange>;

/** Answer of `GET /agents/:id/lanes`: the lane of an agent, and how it came by it. Newest change first. */
export const AgentLanes = z.object({
  agent: z.string(),
  /** The most the agent asks for. */
  declared: Lane,
  /** How far people have let it. */
  promoted: Lane,
  /** What holds: the lower of the two. */
  effective: Lane,
  /** The lane it can be promoted to now; absent when it has all it asks for. */
  next: Lane.optional(),
  changes: z.array(LaneChange),
});
export type AgentLanes = z.infer<typeof AgentLanes>;

/** Body of `POST /agents/:id/lane`. A promotion goes one rung up and names what was seen; a demotion needs only a reason. */
export const ChangeLaneRequest = z
  .object({
    lane: Lane,
    reason: z.string().trim().min(1).max(1000),
    evidence: z
      .object({
        seen: z.string().trim().min(1).max(4000),
        workflows: z.array(z.string().min(1).max(40)).max(20).default([]),
      })
      .strict()
      .optional(),
    /** `seq` of the last change the person was shown, 0 when there was none; another one is a conflict. */
    after: z.number().int().min(0),
  })
  .strict();
export type ChangeLaneRequest = z.input<typeof ChangeLaneRequest>;
