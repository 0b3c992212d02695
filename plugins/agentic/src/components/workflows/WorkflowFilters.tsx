import { WorkflowStatus } from '@agentic-backstage/plugin-agentic-common';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';

/** What the list is narrowed by; empty text means everything. */
export interface WorkflowFilter {
  readonly status: WorkflowStatus | '';
  readonly environment: string;
  readonly service: string;
  readonly mine: boolean;
}

const STATUS_LABELS: Readonly<Record<WorkflowStatus, string>> = {
  pending: 'Pending',
  in_progress: 'In progress',
  paused: 'Paused',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  rolled_back: 'Rolled back',
};

/** The environments offered; another one in use can still be reached through the address. */
const ENVIRONMENTS = ['development', 'staging', 'production'];

/** Reads a status from an address; anything else means no filter. */
export function parseStatus(text: string | null): WorkflowStatus | '' {
  const parsed = WorkflowStatus.safeParse(text);
  return parsed.success ? parsed.data : '';
}

/** The controls that narrow the list of workflows. */
export function WorkflowFilters(props: {
  filter: WorkflowFilter;
  onChange: (change: Partial<WorkflowFilter>) => void;
}) {
  const { filter, onChange } = props;
  const environments = ENVIRONMENTS.includes(filter.environment)
    ? ENVIRONMENTS
    : [...ENVIRONMENTS, filter.environment].filter(Boolean);
  return (
    <Stack
      role="search"
      aria-label="Filter workflows"
      direction={{ xs: 'column', sm: 'row' }}
      spacing={2}
      useFlexGap
      flexWrap="wrap"
    >
      <TextField
        size="small"
        label="Service"
        value={filter.service}
        onChange={event => onChange({ service: event.target.value })}
      />
      <TextField
        select
        size="small"
        label="Status"
        value={filter.status}
        sx={{ minWidth: 160 }}
        onChange={event =>
          onChange({ status: parseStatus(event.target.value) })
        }
      >
        <MenuItem value="">All</MenuItem>
        {WorkflowStatus.options.map(status => (
          <MenuItem key={status} value={status}>
            {STATUS_LABELS[status]}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        size="small"
        label="Environment"
        value={filter.environment}
        sx={{ minWidth: 160 }}
        onChange={event => onChange({ environment: event.target.value })}
      >
        <MenuItem value="">All</MenuItem>
        {environments.map(environment => (
          <MenuItem key={environment} value={environment}>
            {environment}
          </MenuItem>
        ))}
      </TextField>
      <FormControlLabel
        control={
          <Switch
            checked={filter.mine}
            onChange={event => onChange({ mine: event.target.checked })}
          />
        }
        label="Only mine"
      />
    </Stack>
  );
}
