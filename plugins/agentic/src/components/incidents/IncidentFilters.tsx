import {
  IncidentSeverity,
  IncidentSource,
  IncidentStatus,
} from '@agentic-backstage/plugin-agentic-common';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { INCIDENT_STATES, SEVERITIES } from './incidentWords';

/** What the list is narrowed by; empty text means everything. */
export interface IncidentFilter {
  readonly status: IncidentStatus | 'unresolved' | '';
  readonly severity: IncidentSeverity | '';
  readonly source: IncidentSource | '';
}

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
  const { t } = useAgenticTranslation();
  return (
    <TextField
      select
      size="small"
      label={props.label}
      value={props.value}
      sx={{ minWidth: 180 }}
      onChange={event => props.onChange(event.target.value)}
    >
      <MenuItem value={props.all}>{t('common.all')}</MenuItem>
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
  const { t } = useAgenticTranslation();
  const { filter, onChange } = props;
  return (
    <Stack
      role="search"
      aria-label={t('incidents.filter.label')}
      direction={{ xs: 'column', sm: 'row' }}
      spacing={2}
      useFlexGap
      flexWrap="wrap"
    >
      <Choice
        label={t('common.state')}
        value={filter.status === '' ? 'all' : filter.status}
        all="all"
        options={[
          ['unresolved', t('incidents.filter.unresolved')],
          ...IncidentStatus.options.map(
            status => [status, t(INCIDENT_STATES[status].label)] as const,
          ),
        ]}
        onChange={status => onChange({ status })}
      />
      <Choice
        label={t('common.severity')}
        value={filter.severity}
        all=""
        options={IncidentSeverity.options.map(severity => [
          severity,
          t(SEVERITIES[severity].label),
        ])}
        onChange={severity => onChange({ severity })}
      />
      <Choice
        label={t('common.what')}
        value={filter.source}
        all=""
        options={IncidentSource.options.map(source => [
          source,
          t(`words.incidentSource.${source}`),
        ])}
        onChange={source => onChange({ source })}
      />
    </Stack>
  );
}
