import {
  SYSTEM_CHAIN,
  type ChangeKind,
  type IncidentSeverity,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { appendToRecord } from '../changeRecord/ChangeRecord';
import {
  buildEvent,
  enqueueEvents,
  enqueueNotifications,
} from '../database/Outbox';
import { toIncident, type IncidentRow } from './IncidentStore';

type IncidentChange = Extract<ChangeKind, `incident.${string}`>;

const URGENCY = {
  critical: 'critical',
  high: 'high',
  medium: 'normal',
  low: 'low',
} as const satisfies Record<IncidentSeverity, string>;

/** Tells people of an incident, in the transaction that makes it so. `why` keeps one message apart from the next. */
export async function tellPeople(
  trx: Knex.Transaction,
  row: IncidentRow,
  message: { why: string; recipients: readonly string[]; text: string },
): Promise<void> {
  if (message.recipients.length === 0) {
    return;
  }
  await enqueueNotifications(trx, [
    {
      scope: `agentic:incident:${row.id}:${message.why}`,
      recipients: [...new Set(message.recipients)],
      title: row.title,
      description: message.text,
      link: `/agentic/incidents/${row.id}`,
      severity: URGENCY[row.severity],
    },
  ]);
}

/** Publishes that an incident was opened, or opened again. */
export async function publishOpened(
  trx: Knex.Transaction,
  row: IncidentRow,
): Promise<void> {
  const { incidentId, links, ...incident } = toIncident(row);
  await enqueueEvents(trx, [
    buildEvent({
      agent: 'planner',
      type: 'incident.opened',
      correlationId: links.workflowId ?? incidentId,
      detail: {
        incident_id: incidentId,
        title: incident.title,
        source: incident.source,
        severity: incident.severity,
        reopened: incident.reopened,
        service_name: incident.serviceName,
        environment: incident.environment,
        workflow_id: links.workflowId,
      },
    }),
  ]);
}

/** Publishes the end of an incident. */
export async function publishResolved(
  trx: Knex.Transaction,
  row: IncidentRow,
): Promise<void> {
  const { incidentId, links, ...incident } = toIncident(row);
  await enqueueEvents(trx, [
    buildEvent({
      agent: 'planner',
      type: 'incident.resolved',
      correlationId: links.workflowId ?? incidentId,
      detail: {
        incident_id: incidentId,
        resolved_by: incident.resolvedBy ?? 'system',
        resolution: incident.resolution ?? '',
        duration_seconds: Math.max(
          0,
          (Date.parse(incident.resolvedAt ?? incident.openedAt) -
            Date.parse(incident.openedAt)) /
            1000,
        ),
      },
    }),
  ]);
}

/** Puts a change of an incident on record. Last in its transaction: it holds the system's chain. */
export async function recordIncident(
  trx: Knex.Transaction,
  row: IncidentRow,
  change: { kind: IncidentChange; actor: string; text: string },
): Promise<void> {
  await appendToRecord(trx, {
    chain: SYSTEM_CHAIN,
    kind: change.kind,
    actor: change.actor,
    subject: `incident:${row.id}`,
    payload: { ...toIncident(row), text: change.text },
  });
}
