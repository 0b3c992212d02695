import type { Config } from '@backstage/config';
import { FACTS_DAYS } from '../../incidents/IncidentSettings';

/** The settings below `agentic.retention`: days after which rows go. */
export interface RetentionConfig {
  /** Runs of the engine that have ended. */
  readonly engineDays: number;
  /** Delivered entries of the outbox. */
  readonly outboxDays: number;
  /** Entries of the outbox that could not be delivered. */
  readonly deadLetterDays: number;
  /** Figures of agents. */
  readonly figureDays: number;
  /** Lines of the histories of ended workflows. */
  readonly eventDays: number;
  /** Deployments that do not run any more. */
  readonly deploymentDays: number;
  /** Single uses of budgets by ended workflows. */
  readonly usageDays: number;
  /** Totals of budgets by day and month, and alerts. */
  readonly usageTotalDays: number;
  /** What the loop detector looks at. */
  readonly traceDays: number;
  /** Who used which secret. */
  readonly secretAccessDays: number;
  /** Sweeps and what became of their items. */
  readonly sweepDays: number;
  /** Resolved incidents, with what happened about them. */
  readonly incidentDays: number;
  /** Ended workflows with all that belongs to them; without it they are kept. */
  readonly workflowDays?: number;
  /** Payloads of change records; without it they are kept. */
  readonly payloadDays?: number;
}

/** What holds when nothing is said. */
export const DEFAULT_RETENTION = {
  engineDays: 7,
  outboxDays: 30,
  deadLetterDays: 90,
  figureDays: 30,
  eventDays: 365,
  deploymentDays: 90,
  usageDays: 90,
  usageTotalDays: 400,
  traceDays: 90,
  secretAccessDays: 400,
  sweepDays: 365,
  incidentDays: 365,
} satisfies RetentionConfig;

/** Reads `agentic.retention`. Throws naming the key and the remedy. */
export function readRetentionConfig(config: Config): RetentionConfig {
  const positive = (name: string): number | undefined => {
    const key = `agentic.retention.${name}`;
    const value = config.getOptionalNumber(key);
    if (value !== undefined && !(value > 0)) {
      throw new Error(`${key} is ${value}; give a number above zero`);
    }
    return value;
  };
  const incidentDays = positive('incidentDays');
  if (incidentDays !== undefined && incidentDays <= FACTS_DAYS) {
    // A fact must not be counted again because its incident has gone.
    throw new Error(
      `agentic.retention.incidentDays is ${incidentDays}; give more than ${FACTS_DAYS}`,
    );
  }
  const given = Object.entries(DEFAULT_RETENTION).map(([name, days]) => [
    name,
    positive(name) ?? days,
  ]);
  return {
    ...(Object.fromEntries(given) as typeof DEFAULT_RETENTION),
    workflowDays: positive('workflowDays'),
    payloadDays: positive('payloadDays'),
  };
}
