import { z } from 'zod';

/** What the critic answers: promote it, let a person look first, or do not promote it. */
export const CriticDecision = z.enum(['approve', 'needs_person', 'block']);
export type CriticDecision = z.infer<typeof CriticDecision>;

/** One thing a rule of the critic has found. A `note` is for the record and holds nothing up. */
export const CriticFinding = z.object({
  /** Id of the rule. */
  rule: z.string(),
  decision: z.enum(['note', 'needs_person', 'block']),
  reason: z.string(),
  remedy: z.string(),
  /** The effect it is about, when it is about one. */
  effectId: z.string().optional(),
});
export type CriticFinding = z.infer<typeof CriticFinding>;

/**
 * The critic's answer about one task: about its effects before people are asked, or about its output
 * before other tasks build on it. It holds for exactly what `subjectDigest` covers, until it expires.
 */
export const CriticVerdict = z.object({
  verdictId: z.string(),
  workflowId: z.string(),
  taskId: z.string(),
  stage: z.enum(['effects', 'output']),
  decision: CriticDecision,
  findings: z.array(CriticFinding),
  /** Ids of the rules that were asked. */
  rules: z.array(z.string()),
  subjectDigest: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
});
export type CriticVerdict = z.infer<typeof CriticVerdict>;

/** The name under which the critic signs, where it may. */
export const CRITIC_PRINCIPAL = 'agent:critic';
