import {
  IncidentSeverity,
  IncidentSource,
  IncidentStatus,
} from '@agentic-backstage/plugin-agentic-common';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { INCIDENT_STATES, SEVERITIES, SOURCES } from './incidentWords';

/** What the list is narrowed by; empty text means everything. */
export interface IncidentFilter {
  readonly status: IncidentStatus | 'unresolved' | '';
  readonly severity: IncidentSeverity | '';
  readonly source: IncidentSource | '';
}

const STATUS_LABELS = {
  unresolved: 'Not resolved',
  open: INCIDENT_STATES.open.label,
  acknowledged: INCIDENT_STATES.acknowledged.label,
  mitigated: INCIDENT_STATES.mitigated.label,
  resolved: INCIDENT_STATES.resolved.label,
} as const;

function isOneOf<T extends string>(
  options: readonly T[],
  text: string,
): text is T {
  return options.some(option => option === text);
}

/** Reads the filter from an address; without a word about the state, what is not resolved is shown. */
export function parseIncidentFilter(search: URLSearchParams): IncidentFilter {
  const status = search.get('status') ?? 'unresolved';
  const severity = search.get('severity') ?? '';
  const source = search.get('source') ?? '';
  return {
    status:
      status === 'unresolved' || isOneOf(IncidentStatus.options, status)
        ? status
        : '',
    severity: isOneOf(IncidentSeverity.options, severity) ? severity : '',
    source: isOneOf(IncidentSource.options, source) ? source : '',
  };
}

function Choice(props: {
  label: string;
  value: string;
  all: string;
  options: readonly (readonly [value: string, label: string])[];
  onChange: (value: string) => void;
}) {
  return (
    <TextField
      select
      size="small"
      label={props.label}
      value={props.value}
      sx={{ minWidth: 180 }}
      onChange={event => props.onChange(event.target.value)}
    >
      <MenuItem value={props.all}>All</MenuItem>
      {props.options.map(([value, label]) => (
        <MenuItem key={value} value={value}>
          {label}
        </MenuItem>
      ))}
    </TextField>
  );
}

/** The controls that narrow the list of incidents. */
export function IncidentFilters(props: {
  filter: IncidentFilter;
  onChange: (change: { [K in keyof IncidentFilter]?: string }) => void;
}) {
  const { filter, onChange } = props;
  return (
    <Stack
      role="search"
      aria-label="Filter incidents"
      direction={{ xs: 'column', sm: 'row' }}
      spacing={2}
      useFlexGap
      flexWrap="wrap"
    >
      <Choice
        label="State"
        value={filter.status === '' ? 'all' : filter.status}
        all="all"
        options={Object.entries(STATUS_LABELS)}
        onChange={status => onChange({ status })}
      />
      <Choice
        label="Severity"
        value={filter.severity}
        all=""
        options={IncidentSeverity.options.map(severity => [
          severity,
          SEVERITIES[severity].label,
        ])}
        onChange={severity => onChange({ severity })}
      />
      <Choice
        label="What"
        value={filter.source}
        all=""
        options={Object.entries(SOURCES)}
        onChange={source => onChange({ source })}
      />
    </Stack>
  );
}
