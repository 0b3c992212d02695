import type { IncidentDetails } from '@agentic-backstage/plugin-agentic-common';
import { useApi } from '@backstage/frontend-plugin-api';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { FormDialog } from '../states/FormDialog';

/** Says who leads and who helps; those who are named are told. */
export function RespondersDialog(props: {
  incident: IncidentDetails;
  onChanged: () => void;
  onClose: () => void;
}) {
  const { t } = useAgenticTranslation();
  const { incident } = props;
  const api = useApi(agenticApiRef);
  const [commander, setCommander] = useState(incident.commander ?? '');
  const [responders, setResponders] = useState(incident.responders.join('\n'));

  return (
    <FormDialog
      title={t('incidents.assign.title')}
      confirmLabel={t('incidents.assign.save')}
      onSubmit={async () => {
        await api.assignIncident(incident.incidentId, {
          ...(commander.trim() && { commander: commander.trim() }),
          responders: responders.split(/[\s,]+/).filter(Boolean),
        });
        props.onChanged();
      }}
      onClose={props.onClose}
    >
      <Stack spacing={2} sx={{ pt: 1 }}>
        <TextField
          label={t('incidents.assign.commander')}
          placeholder="user:default/ada"
          helperText={t('incidents.assign.commanderHint')}
          value={commander}
          onChange={event => setCommander(event.target.value)}
        />
        <TextField
          multiline
          minRows={2}
          label={t('incidents.responders')}
          placeholder="group:default/on-call"
          helperText={t('incidents.assign.respondersHint')}
          value={responders}
          onChange={event => setResponders(event.target.value)}
        />
      </Stack>
    </FormDialog>
  );
}
