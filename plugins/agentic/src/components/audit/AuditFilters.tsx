import { ChangeKind } from '@agentic-backstage/plugin-agentic-common';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import type { AuditView } from './auditQuery';

/** The first words of the kinds: choosing one shows all kinds that begin with it. */
const SUBJECTS = [
  ...new Set(ChangeKind.options.map(kind => kind.split('.')[0])),
].sort();

const TEXTS: ReadonlyArray<readonly [keyof AuditView, string]> = [
  ['text', 'Text'],
  ['workflow', 'Workflow'],
  ['service', 'Service'],
  ['environment', 'Environment'],
  ['actor', 'Actor'],
];

/** The controls that narrow the audit log. */
export function AuditFilters(props: {
  view: AuditView;
  onChange: (change: Partial<AuditView>) => void;
}) {
  const { view, onChange } = props;
  const kinds =
    view.kind && !SUBJECTS.includes(view.kind)
      ? [...SUBJECTS, view.kind]
      : SUBJECTS;
  return (
    <Stack
      role="search"
      aria-label="Filter the audit log"
      direction={{ xs: 'column', sm: 'row' }}
      spacing={2}
      useFlexGap
      flexWrap="wrap"
    >
      {TEXTS.map(([name, label]) => (
        <TextField
          key={name}
          size="small"
          label={label}
          value={view[name]}
          inputProps={{ maxLength: 200 }}
          onChange={event => onChange({ [name]: event.target.value })}
        />
      ))}
      <TextField
        select
        size="small"
        label="Kind"
        value={view.kind}
        sx={{ minWidth: 160 }}
        onChange={event => onChange({ kind: event.target.value })}
      >
        <MenuItem value="">All</MenuItem>
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
          label={name === 'from' ? 'From' : 'To'}
          InputLabelProps={{ shrink: true }}
          value={view[name]}
          onChange={event => onChange({ [name]: event.target.value })}
        />
      ))}
    </Stack>
  );
}
