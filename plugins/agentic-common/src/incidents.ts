import { z } from 'zod';

/** How bad an incident is, the worst first. */
export const IncidentSeverity = z.enum(['critical', 'high', 'medium', 'low']);
export type IncidentSeverity = z.infer<typeof IncidentSeverity>;

/** `open` until somebody says that they look at it; `mitigated` when it does no more harm; `resolved` at its end. */
export const IncidentStatus = z.enum([
  'open',
  'acknowledged',
  'mitigated',
  'resolved',
]);
export type IncidentStatus = z.infer<typeof IncidentStatus>;

/** What found an incident; `person` for one that was opened by hand. */
export const IncidentSource = z.enum([
  'agents_stopped',
  'dead_letter',
  'dependency',
  'deployment',
  'effect_unknown',
  'loop',
  'person',
  'record_broken',
  'undo_failed',
]);
export type IncidentSource = z.infer<typeof IncidentSource>;

/** The things of the portal that an incident is about. */
export const IncidentLinks = z.object({
  workflowId: z.string().optional(),
  taskId: z.string().optional(),
  effectId: z.string().optional(),
  deploymentId: z.string().optional(),
  /** The id of a dependency, as `GET /health/details` names it. */
  dependency: z.string().optional(),
  agent: z.string().optional(),
});
export type IncidentLinks = z.infer<typeof IncidentLinks>;

/** What a line of the timeline says. */
export const IncidentEntryKind = z.enum([
  'opened',
  'repeated',
  'reopened',
  'recovered',
  'acknowledged',
  'assigned',
  'commented',
  'escalated',
  'mitigated',
  'resolved',
]);
export type IncidentEntryKind = z.infer<typeof IncidentEntryKind>;

/** One line of the timeline. */
export const IncidentEntry = z.object({
  entryId: z.number().int(),
  at: z.string(),
  kind: IncidentEntryKind,
  /** A user's entity ref, `service:<subject>` or `system`. */
  actor: z.string(),
  text: z.string(),
});
export type IncidentEntry = z.infer<typeof IncidentEntry>;

/** Something that went wrong and takes people: what, how bad, who has taken it and how far they are. */
export const Incident = z.object({
  incidentId: z.string(),
  title: z.string(),
  source: IncidentSource,
  severity: IncidentSeverity,
  status: IncidentStatus,
  serviceName: z.string().optional(),
  environment: z.string().optional(),
  links: IncidentLinks,
  /** How often it was found, the first time included. */
  occurrences: z.number().int().positive(),
  /** How often it came back after it had been resolved. */
  reopened: z.number().int().nonnegative(),
  openedBy: z.string(),
  openedAt: z.string(),
  lastSeenAt: z.string(),
  /** Who leads the work on it. */
  commander: z.string().optional(),
  /** Who helps: entity refs of users and groups. */
  responders: z.array(z.string()),
  acknowledgedBy: z.string().optional(),
  acknowledgedAt: z.string().optional(),
  mitigatedAt: z.string().optional(),
  resolvedBy: z.string().optional(),
  resolvedAt: z.string().optional(),
  resolution: z.string().optional(),
  /** Those who were told so far, in their order. */
  escalatedTo: z.array(z.string()),
  /** When the next ones are told, unless somebody acknowledges it before. */
  nextEscalationAt: z.string().optional(),
});
export type Incident = z.infer<typeof Incident>;

/** One incident with all that happened to it, oldest first. */
export const IncidentDetails = Incident.extend({
  timeline: z.array(IncidentEntry),
});
export type IncidentDetails = z.infer<typeof IncidentDetails>;

/** Answer of `GET /incidents`: one page, newest first, and how many are not resolved in all. */
export const IncidentPage = z.object({
  items: z.array(Incident),
  nextCursor: z.string().optional(),
  unresolved: z.object({
    open: z.number().int(),
    acknowledged: z.number().int(),
    mitigated: z.number().int(),
  }),
});
export type IncidentPage = z.infer<typeof IncidentPage>;

const Text = z.string().trim().min(1).max(2000);
const PersonRef = z
  .string()
  .max(255)
  .regex(/^user:[^:/\s]+\/[^:/\s]+$/i, 'must be like user:default/ada');
const PartyRef = z
  .string()
  .max(255)
  .regex(
    /^(user|group):[^:/\s]+\/[^:/\s]+$/i,
    'must be like user:default/ada or group:default/on-call',
  );

/** Body of `POST /incidents`. */
export const OpenIncidentRequest = z
  .object({
    title: z.string().trim().min(1).max(200),
    severity: IncidentSeverity,
    description: Text,
    serviceName: z.string().trim().min(1).max(63).optional(),
    environment: z.string().trim().min(1).max(63).optional(),
    workflowId: z.string().trim().min(1).max(40).optional(),
  })
  .strict();
export type OpenIncidentRequest = z.infer<typeof OpenIncidentRequest>;

/** Body of `POST /incidents/:id/acknowledge`. */
export const AcknowledgeIncidentRequest = z
  .object({ comment: Text.optional() })
  .strict();
export type AcknowledgeIncidentRequest = z.infer<
  typeof AcknowledgeIncidentRequest
>;

/** Body of `POST /incidents/:id/comment`, and of `mitigate` and `resolve`, which need a reason. */
export const IncidentTextRequest = z.object({ text: Text }).strict();
export type IncidentTextRequest = z.infer<typeof IncidentTextRequest>;

/** Body of `POST /incidents/:id/assign`: who leads and who helps from now on. What is left out stays. */
export const AssignIncidentRequest = z
  .object({
    commander: PersonRef.optional(),
    responders: z.array(PartyRef).max(20).optional(),
  })
  .strict()
  .refine(
    ({ commander, responders }) =>
      commander !== undefined || responders !== undefined,
    { message: 'must name a commander, responders or both' },
  );
export type AssignIncidentRequest = z.infer<typeof AssignIncidentRequest>;
