import type {
  Incident,
  IncidentEntry,
  IncidentEntryKind,
  IncidentPage,
  IncidentSeverity,
  IncidentSource,
  IncidentStatus,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { fromJson, isoNow, orUndefined } from '../database/rows';

/** An incident as it stands in the database; see `migrations/`. */
export interface IncidentRow {
  id: string;
  fingerprint: string;
  title: string;
  source: IncidentSource;
  severity: IncidentSeverity;
  status: IncidentStatus;
  service_name: string | null;
  environment: string | null;
  workflow_id: string | null;
  links: string;
  occurrences: number;
  reopened: number;
  opened_by: string;
  opened_at: string;
  last_seen_at: string;
  commander: string | null;
  responders: string;
  acknowledged_by: string | null;
  acknowledged_at: string | null;
  mitigated_at: string | null;
  resolved_by: string | null;
  resolved_at: string | null;
  resolution: string | null;
  escalated_to: string;
  next_escalation_at: string | null;
}

interface EntryRow {
  id: number;
  incident_id: string;
  at: string;
  kind: IncidentEntryKind;
  actor: string;
  text: string;
  fact: string | null;
}

/** What the list of incidents can be narrowed by. */
export interface IncidentFilter {
  /** `unresolved` is everything but `resolved`. */
  readonly status?: IncidentStatus | 'unresolved';
  readonly severity?: IncidentSeverity;
  readonly source?: IncidentSource;
  readonly service?: string;
  readonly workflowId?: string;
}

/** Where a page goes on: after this incident. */
interface After {
  readonly createdAt: string;
  readonly id: string;
}

const MAX_TIMELINE = 500;
const MAX_TEXT = 4000;

/** The row as the API shows it. */
export function toIncident(row: IncidentRow): Incident {
  return {
    incidentId: row.id,
    title: row.title,
    source: row.source,
    severity: row.severity,
    status: row.status,
    serviceName: orUndefined(row.service_name),
    environment: orUndefined(row.environment),
    links: fromJson(row.links),
    occurrences: row.occurrences,
    reopened: row.reopened,
    openedBy: row.opened_by,
    openedAt: row.opened_at,
    lastSeenAt: row.last_seen_at,
    commander: orUndefined(row.commander),
    responders: fromJson(row.responders),
    acknowledgedBy: orUndefined(row.acknowledged_by),
    acknowledgedAt: orUndefined(row.acknowledged_at),
    mitigatedAt: orUndefined(row.mitigated_at),
    resolvedBy: orUndefined(row.resolved_by),
    resolvedAt: orUndefined(row.resolved_at),
    resolution: orUndefined(row.resolution),
    escalatedTo: fromJson(row.escalated_to),
    nextEscalationAt: orUndefined(row.next_escalation_at),
  };
}

/** One incident, held until the transaction ends. */
export async function lockIncident(
  trx: Knex.Transaction,
  where: Partial<IncidentRow>,
  unresolved = false,
): Promise<IncidentRow | undefined> {
  const query = trx<IncidentRow>('incidents')
    .where(where)
    .orderBy('opened_at', 'desc');
  if (unresolved) {
    query.whereNot('status', 'resolved');
  }
  // SQLite has one connection, and with it one writer.
  return trx.client.config.client === 'pg'
    ? query.forUpdate().first()
    : query.first();
}

/** Adds a line to the timeline. Throws when the fact is on one already. */
export async function addEntry(
  trx: Knex.Transaction,
  entry: {
    incidentId: string;
    kind: IncidentEntryKind;
    actor: string;
    text: string;
    fact?: string;
  },
): Promise<void> {
  await trx<EntryRow>('incident_entries').insert({
    incident_id: entry.incidentId,
    at: isoNow(),
    kind: entry.kind,
    actor: entry.actor,
    text: entry.text.slice(0, MAX_TEXT),
    fact: entry.fact ?? null,
  });
}

/** Whether a fact has been counted. */
export async function isCounted(knex: Knex, fact: string): Promise<boolean> {
  const row = await knex<EntryRow>('incident_entries')
    .where({ fact })
    .first('id');
  return row !== undefined;
}

/** The last lines of a timeline, oldest first. */
export async function timelineOf(
  knex: Knex,
  incidentId: string,
): Promise<IncidentEntry[]> {
  const rows = await knex<EntryRow>('incident_entries')
    .where('incident_id', incidentId)
    .orderBy('id', 'desc')
    .limit(MAX_TIMELINE);
  return rows.reverse().map(({ id, at, kind, actor, text }) => ({
    entryId: id,
    at,
    kind,
    actor,
    text,
  }));
}

/** One page of incidents, newest first, and how many are not resolved in all. */
export async function incidentPage(
  knex: Knex,
  options: {
    filter: IncidentFilter;
    limit: number;
    after?: After;
    toCursor: (after: After) => string;
  },
): Promise<IncidentPage> {
  const { filter, limit, after, toCursor } = options;
  const query = knex<IncidentRow>('incidents')
    .orderBy([
      { column: 'opened_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit + 1);
  if (filter.status === 'unresolved') query.whereNot('status', 'resolved');
  else if (filter.status) query.where('status', filter.status);
  if (filter.severity) query.where('severity', filter.severity);
  if (filter.source) query.where('source', filter.source);
  if (filter.service) query.where('service_name', filter.service);
  if (filter.workflowId) query.where('workflow_id', filter.workflowId);
  if (after) {
    query.andWhere(older =>
      older
        .where('opened_at', '<', after.createdAt)
        .orWhere(same =>
          same.where('opened_at', after.createdAt).where('id', '<', after.id),
        ),
    );
  }
  const [rows, counts] = await Promise.all([
    query,
    knex('incidents')
      .whereNot('status', 'resolved')
      .groupBy('status')
      .select<Array<{ status: IncidentStatus; total: number | string }>>(
        'status',
        knex.raw('count(*) as total'),
      ),
  ]);
  const shown = rows.slice(0, limit);
  const last = shown[shown.length - 1];
  const count = (status: IncidentStatus): number =>
    Number(counts.find(row => row.status === status)?.total ?? 0);
  return {
    items: shown.map(toIncident),
    ...(rows.length > shown.length && {
      nextCursor: toCursor({ createdAt: last.opened_at, id: last.id }),
    }),
    unresolved: {
      open: count('open'),
      acknowledged: count('acknowledged'),
      mitigated: count('mitigated'),
    },
  };
}
