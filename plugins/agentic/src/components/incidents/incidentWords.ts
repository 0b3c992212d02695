import type {
  IncidentEntryKind,
  IncidentSeverity,
  IncidentSource,
  IncidentStatus,
} from '@agentic-backstage/plugin-agentic-common';
import type { Wording } from '../status/wording';

/** How the states of an incident are shown. */
export const INCIDENT_STATES: Readonly<Record<IncidentStatus, Wording>> = {
  open: { label: 'Open', tone: 'bad' },
  acknowledged: { label: 'Acknowledged', tone: 'busy' },
  mitigated: { label: 'Mitigated', tone: 'attention' },
  resolved: { label: 'Resolved', tone: 'good' },
};

/** How severities are shown. */
export const SEVERITIES: Readonly<Record<IncidentSeverity, Wording>> = {
  critical: { label: 'Critical', tone: 'bad' },
  high: { label: 'High', tone: 'bad' },
  medium: { label: 'Medium', tone: 'warning' },
  low: { label: 'Low', tone: 'waiting' },
};

/** What found an incident, in words. */
export const SOURCES: Readonly<Record<IncidentSource, string>> = {
  agents_stopped: 'Kill switch',
  dead_letter: 'Undelivered event',
  dependency: 'Dependency away',
  deployment: 'Deployment not healthy',
  effect_unknown: 'Effect not confirmed',
  loop: 'Loop stopped',
  person: 'Opened by hand',
  record_broken: 'Change record broken',
  undo_failed: 'Could not be undone',
};

/** How the lines of a timeline are shown. */
export const ENTRY_KINDS: Readonly<Record<IncidentEntryKind, Wording>> = {
  opened: { label: 'Opened', tone: 'bad' },
  repeated: { label: 'Happened again', tone: 'warning' },
  reopened: { label: 'Opened again', tone: 'bad' },
  recovered: { label: 'Cause is gone', tone: 'good' },
  acknowledged: { label: 'Acknowledged', tone: 'busy' },
  assigned: { label: 'Assigned', tone: 'busy' },
  commented: { label: 'Comment', tone: 'waiting' },
  escalated: { label: 'Escalated', tone: 'attention' },
  mitigated: { label: 'Mitigated', tone: 'attention' },
  resolved: { label: 'Resolved', tone: 'good' },
};
