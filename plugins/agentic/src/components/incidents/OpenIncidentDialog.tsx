import {
  IncidentSeverity,
  type OpenIncidentRequest,
} from '@agentic-backstage/plugin-agentic-common';
import { useApi } from '@backstage/frontend-plugin-api';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { FormDialog } from '../states/FormDialog';
import { SEVERITIES } from './incidentWords';

/** Opens an incident by hand; the first in line is told as if the portal had found it. */
export function OpenIncidentDialog(props: {
  onOpened: () => void;
  onClose: () => void;
}) {
  const { t } = useAgenticTranslation();
  const api = useApi(agenticApiRef);
  const [form, setForm] = useState<OpenIncidentRequest>({
    title: '',
    severity: 'medium',
    description: '',
  });
  const change = (part: Partial<OpenIncidentRequest>) =>
    setForm(before => ({ ...before, ...part }));

  return (
    <FormDialog
      title={t('incidents.open.title')}
      confirmLabel={t('incidents.open.confirm')}
      incomplete={form.title.trim() === '' || form.description.trim() === ''}
      onSubmit={async () => {
        await api.openIncident({
          ...form,
          title: form.title.trim(),
          description: form.description.trim(),
        });
        props.onOpened();
      }}
      onClose={props.onClose}
    >
      <Stack spacing={2} sx={{ pt: 1 }}>
        <TextField
          required
          label={t('incidents.open.what')}
          value={form.title}
          inputProps={{ maxLength: 200 }}
          onChange={event => change({ title: event.target.value })}
        />
        <TextField
          select
          label={t('common.severity')}
          value={form.severity}
          onChange={event =>
            change({ severity: IncidentSeverity.parse(event.target.value) })
          }
        >
          {IncidentSeverity.options.map(severity => (
            <MenuItem key={severity} value={severity}>
              {t(SEVERITIES[severity].label)}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          required
          multiline
          minRows={3}
          label={t('incidents.known')}
          value={form.description}
          inputProps={{ maxLength: 2000 }}
          onChange={event => change({ description: event.target.value })}
        />
      </Stack>
    </FormDialog>
  );
}
