import type { IncidentDetails } from '@agentic-backstage/plugin-agentic-common';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useId, useState, type FormEvent } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';

/** Says who leads and who helps; those who are named are told. */
export function RespondersDialog(props: {
  incident: IncidentDetails;
  onChanged: () => void;
  onClose: () => void;
}) {
  const { incident } = props;
  const api = useApi(agenticApiRef);
  const titleId = useId();
  const [commander, setCommander] = useState(incident.commander ?? '');
  const [responders, setResponders] = useState(incident.responders.join('\n'));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await api.assignIncident(incident.incidentId, {
        ...(commander.trim() && { commander: commander.trim() }),
        responders: responders.split(/[\s,]+/).filter(Boolean),
      });
      props.onChanged();
      props.onClose();
    } catch (problem) {
      setError((problem as Error).message);
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      aria-labelledby={titleId}
      onClose={busy ? undefined : props.onClose}
    >
      <form onSubmit={submit}>
        <DialogTitle id={titleId}>Who leads and who helps</DialogTitle>
        <DialogContent>
          <Stack spacing={2} sx={{ pt: 1 }}>
            <TextField
              label="Commander"
              placeholder="user:default/ada"
              helperText="The one person who leads, by entity reference"
              value={commander}
              onChange={event => setCommander(event.target.value)}
            />
            <TextField
              multiline
              minRows={2}
              label="Responders"
              placeholder="group:default/on-call"
              helperText="Users and groups by entity reference, one a line"
              value={responders}
              onChange={event => setResponders(event.target.value)}
            />
            {error && <Alert severity="error">{error}</Alert>}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={props.onClose} disabled={busy}>
            Close
          </Button>
          <Button type="submit" variant="contained" disabled={busy}>
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
