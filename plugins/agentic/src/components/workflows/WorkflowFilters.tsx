import { WorkflowStatus } from '@agentic-backstage/plugin-agentic-common';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { ViewToggle } from './ViewToggle';
import type { WorkflowFilter } from './workflowFilter';

/** The environments offered; another one in use can still be reached through the address. */
const ENVIRONMENTS = ['development', 'staging', 'production'];

/** The controls that narrow the list of workflows. */
export function WorkflowFilters(props: {
  filter: WorkflowFilter;
  onChange: (change: Partial<WorkflowFilter>) => void;
}) {
  const { t } = useAgenticTranslation();
  const { filter, onChange } = props;
  const environments = ENVIRONMENTS.includes(filter.environment)
    ? ENVIRONMENTS
    : [...ENVIRONMENTS, filter.environment].filter(Boolean);
  return (
    <Stack
      role="search"
      aria-label={t('workflows.filterLabel')}
      direction={{ xs: 'column', sm: 'row' }}
      spacing={2}
      useFlexGap
      flexWrap="wrap"
    >
      <ViewToggle view={filter.view} onChange={view => onChange({ view })} />
      <TextField
        size="small"
        label={t('common.service')}
        value={filter.service}
        onChange={event => onChange({ service: event.target.value })}
      />
      <TextField
        select
        size="small"
        label={t('common.status')}
        value={filter.status}
        sx={{ minWidth: 160 }}
        onChange={event =>
          onChange({
            status: event.target.value as WorkflowFilter['status'],
          })
        }
      >
        <MenuItem value="">{t('workflows.view.all')}</MenuItem>
        {WorkflowStatus.options.map(status => (
          <MenuItem key={status} value={status}>
            {t(`words.status.${status}`)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        size="small"
        label={t('common.environment')}
        value={filter.environment}
        sx={{ minWidth: 160 }}
        onChange={event => onChange({ environment: event.target.value })}
      >
        <MenuItem value="">{t('workflows.view.all')}</MenuItem>
        {environments.map(environment => (
          <MenuItem key={environment} value={environment}>
            {environment}
          </MenuItem>
        ))}
      </TextField>
    </Stack>
  );
}
