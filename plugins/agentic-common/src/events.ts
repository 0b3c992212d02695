import { z } from 'zod';

/** Optional tracing data every event may carry beside the specified fields. */
export const EventMetadata = z.object({
  event_id: z.string().describe('The same in every delivery of the same event'),
  correlation_id: z.string().describe('The id of the workflow'),
  traceparent: z
    .string()
    .optional()
    .describe('The trace it belongs to, as the W3C writes it'),
  schema_version: z.string().describe('`1`'),
});
export type EventMetadata = z.infer<typeof EventMetadata>;

const metadata = EventMetadata.optional();
const taskRef = z.object({
  task_id: z.string(),
  agent: z.string(),
  priority: z.number().int().positive(),
});

/** The `detail` of every event the framework publishes, by `detail-type`. Field names are those of the specification. */
export const EVENT_DETAILS = {
  /** A request was accepted, with its plan. */
  'workflow.created': z
    .object({
      workflow_id: z.string(),
      requested_by: z.string().describe('Entity ref of who asked'),
      service_name: z.string(),
      template: z.string(),
      environment: z.string(),
      tasks: z.array(taskRef),
      metadata,
    })
    .strict(),
  /** The same moment, once for each task of the plan. */
  'task.created': z
    .object({
      workflow_id: z.string(),
      task_id: z.string(),
      agent: z.string(),
      priority: z.number().int().positive(),
      metadata,
    })
    .strict(),
  /** The same moment, with all tasks. */
  'planner.tasks.created': z
    .object({
      workflow_id: z.string(),
      tasks: z.array(taskRef),
      metadata,
    })
    .strict(),
  /** A part of a service was generated and checked. */
  'codegen.completed': z
    .object({
      workflow_id: z.string(),
      task_id: z.string(),
      service_name: z.string(),
      artifact_id: z.string().describe('SHA-256 of what was generated'),
      files: z.number().int().nonnegative().describe('How many there are'),
      metadata,
    })
    .strict(),
  /** The compliance report of a workflow found no file that breaks a rule. */
  'policy.validated': z
    .object({
      workflow_id: z.string(),
      task_id: z.string(),
      service_name: z.string(),
      decision: z.enum(['allow', 'needs_review']),
      violations: z.number().int().nonnegative().describe('How many there are'),
      metadata,
    })
    .strict(),
  /** The compliance report of a workflow found files that break a rule. */
  'policy.violated': z
    .object({
      workflow_id: z.string(),
      task_id: z.string(),
      service_name: z.string(),
      violations: z.array(
        z.object({
          severity: z.string(),
          rule: z.string(),
          message: z.string(),
        }),
      ),
      metadata,
    })
    .strict(),
  /** What a service needs, such as its database, was made and seen. */
  'infra.provisioned': z
    .object({
      workflow_id: z.string(),
      service_name: z.string(),
      environment: z.string(),
      resources: z.array(z.string()).describe('Names of what was made'),
      metadata,
    })
    .strict(),
  /** A deployment task came to its end. The built-in agent sends `success` and `unknown`. */
  'deployment.completed': z
    .object({
      deployment_id: z.string(),
      workflow_id: z.string(),
      service_name: z.string(),
      environment: z.string(),
      version: z.string(),
      status: z.enum(['success', 'failed', 'unknown', 'rolled_back']),
      duration_seconds: z.number().nonnegative(),
      argocd_sync_id: z
        .string()
        .optional()
        .describe('Only with Argo CD, which no built-in tool uses'),
      metadata,
    })
    .strict(),
  /** A running service behaves unlike before. */
  'anomaly.detected': z
    .object({
      service_name: z.string(),
      environment: z.string(),
      metric: z.string(),
      severity: z.string(),
      description: z.string(),
      metadata,
    })
    .strict(),
  /** A task asks for signatures. */
  'approval.requested': z
    .object({
      approval_id: z.string(),
      workflow_id: z.string(),
      service_name: z.string(),
      environment: z.string(),
      required_roles: z.array(z.string()).describe('Who has to sign'),
      metadata,
    })
    .strict(),
  /** The last signature was given, somebody rejected, nobody decided in time, or the approval is void. */
  'approval.decided': z
    .object({
      approval_id: z.string(),
      workflow_id: z.string(),
      decision: z.enum(['approved', 'rejected', 'expired', 'void']),
      metadata,
    })
    .strict(),
  /** An incident was opened, or opened again. */
  'incident.opened': z
    .object({
      incident_id: z.string(),
      title: z.string(),
      source: z.string(),
      severity: z.enum(['critical', 'high', 'medium', 'low']),
      reopened: z
        .number()
        .int()
        .nonnegative()
        .describe('How often it was opened again'),
      service_name: z.string().optional(),
      environment: z.string().optional(),
      workflow_id: z.string().optional(),
      metadata,
    })
    .strict(),
  /** Somebody ended an incident. */
  'incident.resolved': z
    .object({
      incident_id: z.string(),
      resolved_by: z.string().describe('Entity ref of who ended it'),
      resolution: z.string(),
      duration_seconds: z.number().nonnegative(),
      metadata,
    })
    .strict(),
  /** A workflow came to its end, whichever. */
  'workflow.completed': z
    .object({
      workflow_id: z.string(),
      service_name: z.string(),
      status: z.enum(['completed', 'failed', 'cancelled', 'rolled_back']),
      duration_seconds: z.number().nonnegative(),
      metadata,
    })
    .strict(),
} as const;

/** The names of the events, as they stand in `detail-type`. */
export type EventType = keyof typeof EVENT_DETAILS;

/** The `detail` of one event type. */
export type EventDetail<T extends EventType> = z.infer<
  (typeof EVENT_DETAILS)[T]
>;

/** The envelope of every event, the shape EventBridge takes. */
export interface EventEnvelope<T extends EventType = EventType> {
  readonly source: string;
  readonly 'detail-type': T;
  readonly detail: EventDetail<T>;
  /** ISO 8601, UTC. */
  readonly time: string;
}

/** The topic on Backstage's event service that carries every envelope. */
export const AGENTIC_EVENTS_TOPIC = 'agentic';

/** The prefix of `source`; the agent's id follows. */
export const EVENT_SOURCE_PREFIX = 'agentic-framework';

/** The signals channel that says `{ news: true }` and nothing else, as it reaches everybody: refetch under your own permissions. */
export const AGENTIC_SIGNAL_CHANNEL = 'agentic:workflows';

/** The signals channel that says only that a kill switch was engaged or released: refetch. */
export const AGENTIC_KILL_SWITCH_CHANNEL = 'agentic:kill-switch';
