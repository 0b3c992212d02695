import type {
  IncidentDetails,
  IncidentEntry,
} from '@agentic-backstage/plugin-agentic-common';
import { at } from './sampleDomain';

/** A line of a timeline. */
export function anEntry(changes: Partial<IncidentEntry> = {}): IncidentEntry {
  return {
    entryId: 1,
    at: at(0),
    kind: 'opened',
    actor: 'system',
    text: 'It failed 5 times in a row',
    ...changes,
  };
}

/** An incident that nobody has taken yet. */
export function anIncident(
  changes: Partial<IncidentDetails> = {},
): IncidentDetails {
  return {
    incidentId: 'inc-1',
    title: "'tool:git' is away",
    source: 'dependency',
    severity: 'high',
    status: 'open',
    links: { dependency: 'tool:git' },
    occurrences: 1,
    reopened: 0,
    openedBy: 'system',
    openedAt: at(0),
    lastSeenAt: at(0),
    responders: [],
    escalatedTo: ['group:default/on-call'],
    nextEscalationAt: at(900),
    timeline: [anEntry()],
    ...changes,
  };
}
