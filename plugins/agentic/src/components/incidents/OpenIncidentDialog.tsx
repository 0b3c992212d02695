import {
  IncidentSeverity,
  type OpenIncidentRequest,
} from '@agentic-backstage/plugin-agentic-common';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useId, useState, type FormEvent } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { SEVERITIES } from './incidentWords';

/** Opens an incident by hand; the first in line is told as if the portal had found it. */
export function OpenIncidentDialog(props: {
  onOpened: () => void;
  onClose: () => void;
}) {
  const api = useApi(agenticApiRef);
  const titleId = useId();
  const [form, setForm] = useState<OpenIncidentRequest>({
    title: '',
    severity: 'medium',
    description: '',
  });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const change = (part: Partial<OpenIncidentRequest>) =>
    setForm(before => ({ ...before, ...part }));
  const complete = form.title.trim() !== '' && form.description.trim() !== '';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await api.openIncident({
        ...form,
        title: form.title.trim(),
        description: form.description.trim(),
      });
      props.onOpened();
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
        <DialogTitle id={titleId}>Open an incident</DialogTitle>
        <DialogContent>
          <Stack spacing={2} sx={{ pt: 1 }}>
            <TextField
              required
              label="What is wrong"
              value={form.title}
              inputProps={{ maxLength: 200 }}
              onChange={event => change({ title: event.target.value })}
            />
            <TextField
              select
              label="Severity"
              value={form.severity}
              onChange={event =>
                change({
                  severity: IncidentSeverity.parse(event.target.value),
                })
              }
            >
              {IncidentSeverity.options.map(severity => (
                <MenuItem key={severity} value={severity}>
                  {SEVERITIES[severity].label}
                </MenuItem>
              ))}
            </TextField>
            <TextField
              required
              multiline
              minRows={3}
              label="What is known"
              value={form.description}
              inputProps={{ maxLength: 2000 }}
              onChange={event => change({ description: event.target.value })}
            />
            {error && <Alert severity="error">{error}</Alert>}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={props.onClose} disabled={busy}>
            Close
          </Button>
          <Button
            type="submit"
            variant="contained"
            disabled={busy || !complete}
          >
            Open
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
