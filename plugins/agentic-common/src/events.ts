import { z } from 'zod';

/** Optional tracing data every event may carry beside the specified fields. */
export const EventMetadata = z.object({
  event_id: z.string(),
  correlation_id: z.string(),
  traceparent: z.string().optional(),
  schema_version: z.string(),
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
  'workflow.created': z
    .object({
      workflow_id: z.string(),
      requested_by: z.string(),
      service_name: z.string(),
      template: z.string(),
      environment: z.string(),
      tasks: z.array(taskRef),
      metadata,
    })
    .strict(),
  'task.created': z
    .object({
      workflow_id: z.string(),
      task_id: z.string(),
      agent: z.string(),
      priority: z.number().int().positive(),
      metadata,
    })
    .strict(),
  'planner.tasks.created': z
    .object({
      workflow_id: z.string(),
      tasks: z.array(taskRef),
      metadata,
    })
    .strict(),
  'codegen.completed': z
    .object({
      workflow_id: z.string(),
      task_id: z.string(),
      service_name: z.string(),
      artifact_id: z.string(),
      files: z.number().int().nonnegative(),
      metadata,
    })
    .strict(),
  'policy.validated': z
    .object({
      workflow_id: z.string(),
      task_id: z.string(),
      service_name: z.string(),
      decision: z.enum(['allow', 'needs_review']),
      violations: z.number().int().nonnegative(),
      metadata,
    })
    .strict(),
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
  'infra.provisioned': z
    .object({
      workflow_id: z.string(),
      service_name: z.string(),
      environment: z.string(),
      resources: z.array(z.string()),
      metadata,
    })
    .strict(),
  'deployment.completed': z
    .object({
      deployment_id: z.string(),
      workflow_id: z.string(),
      service_name: z.string(),
      environment: z.string(),
      version: z.string(),
      status: z.enum(['success', 'failed', 'unknown', 'rolled_back']),
      duration_seconds: z.number().nonnegative(),
      argocd_sync_id: z.string().optional(),
      metadata,
    })
    .strict(),
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
  'approval.requested': z
    .object({
      approval_id: z.string(),
      workflow_id: z.string(),
      service_name: z.string(),
      environment: z.string(),
      required_roles: z.array(z.string()),
      metadata,
    })
    .strict(),
  'approval.decided': z
    .object({
      approval_id: z.string(),
      workflow_id: z.string(),
      decision: z.enum(['approved', 'rejected', 'expired', 'void']),
      metadata,
    })
    .strict(),
  'incident.opened': z
    .object({
      incident_id: z.string(),
      title: z.string(),
      source: z.string(),
      severity: z.enum(['critical', 'high', 'medium', 'low']),
      reopened: z.number().int().nonnegative(),
      service_name: z.string().optional(),
      environment: z.string().optional(),
      workflow_id: z.string().optional(),
      metadata,
    })
    .strict(),
  'incident.resolved': z
    .object({
      incident_id: z.string(),
      resolved_by: z.string(),
      resolution: z.string(),
      duration_seconds: z.number().nonnegative(),
      metadata,
    })
    .strict(),
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
