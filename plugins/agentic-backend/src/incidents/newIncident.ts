import type {
  IncidentLinks,
  IncidentSeverity,
  IncidentSource,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { isoNow } from '../database/rows';
import { publishOpened, tellPeople } from './incidentNews';
import type { IncidentSettings } from './IncidentSettings';
import { addEntry, type IncidentRow } from './IncidentStore';

const MAX_TITLE = 255;
const MAX_FINGERPRINT = 255;

/** What makes two facts one incident. */
export function fingerprintOf(source: IncidentSource, subject: string): string {
  return `${source}:${subject}`.slice(0, MAX_FINGERPRINT);
}

/** The row of an incident that nobody has seen yet. */
export function newIncident(incident: {
  source: IncidentSource;
  subject?: string;
  title: string;
  severity: IncidentSeverity;
  serviceName?: string;
  environment?: string;
  links: IncidentLinks;
  openedBy: string;
}): IncidentRow {
  const id = `inc-${randomUUID()}`;
  const now = isoNow();
  return {
    id,
    fingerprint: fingerprintOf(incident.source, incident.subject ?? id),
    title: incident.title.slice(0, MAX_TITLE),
    source: incident.source,
    severity: incident.severity,
    status: 'open',
    service_name: incident.serviceName ?? null,
    environment: incident.environment ?? null,
    workflow_id: incident.links.workflowId ?? null,
    links: JSON.stringify(incident.links),
    occurrences: 1,
    reopened: 0,
    opened_by: incident.openedBy,
    opened_at: now,
    last_seen_at: now,
    commander: null,
    responders: '[]',
    acknowledged_by: null,
    acknowledged_at: null,
    mitigated_at: null,
    resolved_by: null,
    resolved_at: null,
    resolution: null,
    escalated_to: '[]',
    next_escalation_at: null,
  };
}

/**
 * Tells the first in line and everybody who listens to events, in the transaction that opens the
 * incident or opens it again. Answers the row with who was told and when the next are.
 */
export async function announce(
  trx: Knex.Transaction,
  row: IncidentRow,
  options: {
    settings: IncidentSettings;
    /** Those who are told where nobody is configured. */
    fallback: readonly string[];
    actor: string;
    kind: 'opened' | 'reopened';
    text: string;
    fact?: string;
  },
): Promise<IncidentRow> {
  const { settings, fallback, actor, kind, text, fact } = options;
  const [first, ...others] = settings.escalation;
  const told = first === undefined ? [...fallback] : [first];
  const announced: IncidentRow = {
    ...row,
    escalated_to: JSON.stringify(told),
    next_escalation_at:
      others.length === 0
        ? null
        : new Date(Date.now() + settings.escalateAfterMs).toISOString(),
  };
  await trx<IncidentRow>('incidents').where('id', row.id).update({
    escalated_to: announced.escalated_to,
    next_escalation_at: announced.next_escalation_at,
  });
  await addEntry(trx, { incidentId: row.id, kind, actor, text, fact });
  await tellPeople(trx, announced, {
    why: `${kind}:${row.reopened}`,
    recipients: told,
    text,
  });
  await publishOpened(trx, announced);
  return announced;
}
