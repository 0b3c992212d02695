import type { RetentionConfig } from './retentionConfig';

/** What becomes of the rows of a table in time. */
export type TableRetention =
  /** They stay, for a reason. */
  | { readonly becomes: 'kept'; readonly because: string }
  /** They go with their workflow, which this column names, or names through the approval it names. */
  | {
      readonly becomes: 'with workflow';
      readonly column: string;
      readonly through?: 'approvals';
      /** A task that may take them sooner. */
      readonly sweptBy?: string;
      readonly setting?: keyof RetentionConfig;
    }
  /** A sweep task takes them after a time that can be set. */
  | {
      readonly becomes: 'swept';
      readonly sweptBy: string;
      readonly setting: keyof RetentionConfig;
    }
  /** Something else takes them away. */
  | { readonly becomes: 'tidied'; readonly when: string };

const withWorkflow = {
  becomes: 'with workflow',
  column: 'workflow_id',
} as const;

/** Every table of the plugin. A test compares it with the real schema. */
export const TABLE_RETENTION: Readonly<Record<string, TableRetention>> = {
  workflows: {
    becomes: 'swept',
    sweptBy: 'host.workflows',
    setting: 'workflowDays',
  },
  plans: withWorkflow,
  plan_revisions: withWorkflow,
  tasks: withWorkflow,
  effects: withWorkflow,
  approvals: withWorkflow,
  approval_decisions: {
    ...withWorkflow,
    column: 'approval_id',
    through: 'approvals',
  },
  approval_views: {
    ...withWorkflow,
    column: 'approval_id',
    through: 'approvals',
  },
  critic_verdicts: withWorkflow,
  artifacts: withWorkflow,
  artifact_files: {
    becomes: 'tidied',
    when: 'by `host.artifacts`, when no artifact refers to them',
  },
  blobs: {
    becomes: 'tidied',
    when: 'by `host.artifacts`, when no file refers to them',
  },
  workflow_accounts: withWorkflow,
  workflow_events: {
    ...withWorkflow,
    sweptBy: 'host.events',
    setting: 'eventDays',
  },
  usage_entries: {
    ...withWorkflow,
    sweptBy: 'host.usage',
    setting: 'usageDays',
  },
  usage_totals: {
    becomes: 'swept',
    sweptBy: 'host.usage-totals',
    setting: 'usageTotalDays',
  },
  limit_alerts: {
    becomes: 'swept',
    sweptBy: 'host.alerts',
    setting: 'usageTotalDays',
  },
  effect_traces: {
    ...withWorkflow,
    sweptBy: 'host.traces',
    setting: 'traceDays',
  },
  outbox: { becomes: 'swept', sweptBy: 'host.outbox', setting: 'outboxDays' },
  agent_invocations: {
    becomes: 'swept',
    sweptBy: 'host.figures',
    setting: 'figureDays',
  },
  deployments: {
    ...withWorkflow,
    sweptBy: 'host.deployments',
    setting: 'deploymentDays',
  },
  services: { becomes: 'tidied', when: 'when the service is removed' },
  service_claims: {
    becomes: 'tidied',
    when: 'when the service is removed, or its workflow fails or is cancelled',
  },
  secret_access: {
    becomes: 'swept',
    sweptBy: 'host.secret-access',
    setting: 'secretAccessDays',
  },
  secrets: {
    becomes: 'kept',
    because:
      'a version number is never used twice; values go when a person destroys them',
  },
  secret_versions: {
    becomes: 'tidied',
    when: 'when a person rotates or destroys the secret',
  },
  secret_leases: {
    becomes: 'tidied',
    when: '30 days after the loan has ended',
  },
  secret_reminders: { becomes: 'kept', because: 'one row for each secret' },
  lane_changes: {
    becomes: 'kept',
    because: 'the last change of an agent decides its lane, and they are few',
  },
  kill_switches: {
    becomes: 'kept',
    because: 'decisions of people that stopped work, and they are few',
  },
  sweeps: { becomes: 'swept', sweptBy: 'host.sweeps', setting: 'sweepDays' },
  sweep_items: {
    becomes: 'swept',
    sweptBy: 'host.sweeps',
    setting: 'sweepDays',
  },
  sweep_reports: {
    becomes: 'tidied',
    when: 'a day after the report has stopped being valid',
  },
  incidents: {
    becomes: 'swept',
    sweptBy: 'host.incidents',
    setting: 'incidentDays',
  },
  incident_entries: {
    becomes: 'swept',
    sweptBy: 'host.incidents',
    setting: 'incidentDays',
  },
  rate_windows: { becomes: 'tidied', when: 'a day after the last request' },
  replicas: { becomes: 'tidied', when: 'after 45 seconds of silence' },
  record_heads: {
    becomes: 'kept',
    because: 'the ends of the hash chains: without them nothing is proven',
  },
  record_entries: {
    becomes: 'kept',
    because:
      'the hash chains; they hold digests, names and times, not payloads',
  },
  record_payloads: {
    becomes: 'tidied',
    when: 'erased after `payloadDays` where it is set, or on request',
  },
};

/** The tables whose rows go with their workflow, and how they name it. */
export function tablesOfWorkflows(): Array<{
  table: string;
  column: string;
  through?: 'approvals';
}> {
  return Object.entries(TABLE_RETENTION).flatMap(([table, retention]) =>
    retention.becomes === 'with workflow'
      ? [{ table, column: retention.column, through: retention.through }]
      : [],
  );
}
