import {
  ApprovalStatus,
  type ApprovalInbox,
} from '@agentic-backstage/plugin-agentic-common';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { nameInRef } from '../../status/PersonName';
import { APPROVALS } from '../../status/wording';
import { useAgenticTranslation } from '../../../translation/useAgenticTranslation';
import type { InboxFilter } from './useInboxFilter';

/** Narrows the inbox; each choice says how many approvals it would leave. */
export function InboxFilters(props: {
  filter: InboxFilter;
  counts: ApprovalInbox['counts'] | undefined;
  onChange: (filter: InboxFilter) => void;
}) {
  const { t } = useAgenticTranslation();
  const { filter, counts, onChange } = props;
  /** A choice with what it would leave, once that is known. */
  const counted = (
    facet: keyof ApprovalInbox['counts'],
    value: string,
    label: string,
  ) =>
    counts
      ? `${label} (${
          counts[facet].find(each => each.value === value)?.count ?? 0
        })`
      : label;

  const choice = (
    facet: 'environment' | 'agent' | 'requestedBy',
    show: (value: string) => string = value => value,
  ) => {
    const selected = filter[facet] ?? '';
    const known = counts?.[facet].map(({ value }) => value) ?? [];
    // What is chosen stays a choice, also when nothing of it is left.
    const values =
      known.includes(selected) || !selected ? known : [selected, ...known];
    return (
      <TextField
        select
        size="small"
        label={t(`inbox.filter.${facet}`)}
        value={selected}
        SelectProps={{ displayEmpty: true }}
        InputLabelProps={{ shrink: true }}
        sx={{ minWidth: 150, flexGrow: { xs: 1, sm: 0 } }}
        onChange={event =>
          onChange({ ...filter, [facet]: event.target.value || undefined })
        }
      >
        <MenuItem value="">{t('common.all')}</MenuItem>
        {values.map(value => (
          <MenuItem key={value} value={value}>
            {counted(facet, value, show(value))}
          </MenuItem>
        ))}
      </TextField>
    );
  };

  return (
    <Stack
      component="form"
      role="search"
      aria-label={t('inbox.filter.label')}
      direction="row"
      spacing={1.5}
      alignItems="center"
      useFlexGap
      flexWrap="wrap"
      sx={{ mb: 2 }}
      onSubmit={event => event.preventDefault()}
    >
      <TextField
        select
        size="small"
        label={t('common.state')}
        value={filter.status}
        sx={{ minWidth: 150, flexGrow: { xs: 1, sm: 0 } }}
        onChange={event =>
          onChange({
            ...filter,
            status: ApprovalStatus.catch('open').parse(event.target.value),
          })
        }
      >
        {ApprovalStatus.options.map(status => (
          <MenuItem key={status} value={status}>
            {counted('status', status, t(APPROVALS[status].label))}
          </MenuItem>
        ))}
      </TextField>
      {choice('environment')}
      {choice('agent')}
      {choice('requestedBy', nameInRef)}
      {Object.values(filter).filter(Boolean).length > 1 ||
      filter.status !== 'open' ? (
        <Button size="small" onClick={() => onChange({ status: 'open' })}>
          {t('inbox.filter.clear')}
        </Button>
      ) : undefined}
    </Stack>
  );
}
