import type {
  IncidentEntryKind,
  IncidentSeverity,
  IncidentStatus,
} from '@agentic-backstage/plugin-agentic-common';
import type { Wording } from '../status/wording';

/** How the states of an incident are shown. */
export const INCIDENT_STATES: Readonly<Record<IncidentStatus, Wording>> = {
  open: { label: 'words.incident.open', tone: 'bad' },
  acknowledged: { label: 'words.incident.acknowledged', tone: 'busy' },
  mitigated: { label: 'words.incident.mitigated', tone: 'attention' },
  resolved: { label: 'words.incident.resolved', tone: 'good' },
};

/** How severities are shown. */
export const SEVERITIES: Readonly<Record<IncidentSeverity, Wording>> = {
  critical: { label: 'words.severity.critical', tone: 'bad' },
  high: { label: 'words.severity.high', tone: 'bad' },
  medium: { label: 'words.severity.medium', tone: 'warning' },
  low: { label: 'words.severity.low', tone: 'waiting' },
};

/** How the lines of a timeline are shown. */
export const ENTRY_KINDS: Readonly<Record<IncidentEntryKind, Wording>> = {
  opened: { label: 'words.incidentEntry.opened', tone: 'bad' },
  repeated: { label: 'words.incidentEntry.repeated', tone: 'warning' },
  reopened: { label: 'words.incidentEntry.reopened', tone: 'bad' },
  recovered: { label: 'words.incidentEntry.recovered', tone: 'good' },
  acknowledged: { label: 'words.incidentEntry.acknowledged', tone: 'busy' },
  assigned: { label: 'words.incidentEntry.assigned', tone: 'busy' },
  commented: { label: 'words.incidentEntry.commented', tone: 'waiting' },
  escalated: { label: 'words.incidentEntry.escalated', tone: 'attention' },
  mitigated: { label: 'words.incidentEntry.mitigated', tone: 'attention' },
  resolved: { label: 'words.incidentEntry.resolved', tone: 'good' },
};
