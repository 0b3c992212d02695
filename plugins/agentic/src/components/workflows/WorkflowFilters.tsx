import { WorkflowStatus } from '@agentic-backstage/plugin-agentic-common';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { ViewToggle } from './ViewToggle';
import type { WorkflowFilter } from './workflowFilter';

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
      <ViewToggle view={filter.view} onChange={view => onChange({ view })} />
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
          onChange({
            status: event.target.value as WorkflowFilter['status'],
          })
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
    </Stack>
  );
}
