import { ChangeKind } from '@agentic-backstage/plugin-agentic-common';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import type { AuditView } from './auditQuery';

/** The first words of the kinds: choosing one shows all kinds that begin with it. */
const SUBJECTS = [
  ...new Set(ChangeKind.options.map(kind => kind.split('.')[0])),
].sort();

const TEXT_FIELDS = [
  'text',
  'workflow',
  'service',
  'environment',
  'actor',
] as const satisfies readonly (keyof AuditView)[];

/** The controls that narrow the audit log. */
export function AuditFilters(props: {
  view: AuditView;
  onChange: (change: Partial<AuditView>) => void;
}) {
  const { t } = useAgenticTranslation();
  const { view, onChange } = props;
  const kinds =
    view.kind && !SUBJECTS.includes(view.kind)
      ? [...SUBJECTS, view.kind]
      : SUBJECTS;
  return (
    <Stack
      role="search"
      aria-label={t('audit.filter.label')}
      direction={{ xs: 'column', sm: 'row' }}
      spacing={2}
      useFlexGap
      flexWrap="wrap"
    >
      {TEXT_FIELDS.map(name => (
        <TextField
          key={name}
          size="small"
          label={t(`audit.filter.${name}`)}
          value={view[name]}
          inputProps={{ maxLength: 200 }}
          onChange={event => onChange({ [name]: event.target.value })}
        />
      ))}
      <TextField
        select
        size="small"
        label={t('audit.filter.kind')}
        value={view.kind}
        sx={{ minWidth: 160 }}
        onChange={event => onChange({ kind: event.target.value })}
      >
        <MenuItem value="">{t('common.all')}</MenuItem>
        {kinds.map(kind => (
          <MenuItem key={kind} value={kind}>
            {kind}
          </MenuItem>
        ))}
      </TextField>
      {(['from', 'to'] as const).map(name => (
        <TextField
          key={name}
          type="date"
          size="small"
          label={t(`audit.filter.${name}`)}
          InputLabelProps={{ shrink: true }}
          value={view[name]}
          onChange={event => onChange({ [name]: event.target.value })}
        />
      ))}
    </Stack>
  );
}
