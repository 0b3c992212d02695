import {
  LANES,
  laneAllows,
  type AgentHealth,
  type AgentLanes,
  type Lane,
} from '@agentic-backstage/plugin-agentic-common';
import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import LinearProgress from '@mui/material/LinearProgress';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useCallback, useId, useState, type FormEvent } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useLoaded } from '../../live/useLoaded';
import { LoadFailure } from '../states/LoadFailure';
import { LaneHistory } from './LaneHistory';
import { LANE_LABELS } from './laneLabels';

/** The lanes an agent can be put into now: one rung up, or any below. */
function lanesToChoose({ promoted, next }: AgentLanes): Lane[] {
  return LANES.filter(
    lane => lane === next || (lane !== promoted && laneAllows(promoted, lane)),
  );
}

function LaneForm(props: {
  agent: AgentHealth;
  lanes: AgentLanes;
  onDone: () => void;
  onClose: () => void;
}) {
  const { agent, lanes } = props;
  const api = useApi(agenticApiRef);
  const toastApi = useApi(toastApiRef);
  const choices = lanesToChoose(lanes);
  const [lane, setLane] = useState<Lane | ''>(lanes.next ?? choices[0] ?? '');
  const [reason, setReason] = useState('');
  const [seen, setSeen] = useState('');
  const [workflows, setWorkflows] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const promotes = lane !== '' && lane === lanes.next;
  const missing =
    lane === '' || reason.trim() === '' || (promotes && seen.trim() === '');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (lane === '') return;
    setBusy(true);
    setError(undefined);
    try {
      await api.changeAgentLane(agent.id, {
        lane,
        reason: reason.trim(),
        ...(promotes && {
          evidence: {
            seen: seen.trim(),
            workflows: workflows.split(/[\s,]+/).filter(Boolean),
          },
        }),
        after: lanes.changes[0]?.seq ?? 0,
      });
      toastApi.post({
        title: `${agent.title} is in lane ${LANE_LABELS[lane]}`,
        status: 'info',
        timeout: 4000,
      });
      props.onDone();
      props.onClose();
    } catch (problem) {
      setError((problem as Error).message);
      setBusy(false);
    }
  };

  return (
    <form onSubmit={submit}>
      <DialogContent>
        <DialogContentText sx={{ mb: 2 }}>
          It asks for {LANE_LABELS[lanes.declared]} and was let as far as{' '}
          {LANE_LABELS[lanes.promoted]}. A promotion goes one rung up and says
          what was seen; your name and the reason are on record.
        </DialogContentText>
        <Stack spacing={2}>
          {choices.length === 0 ? (
            <Alert severity="info">
              It has all it asks for and cannot be put lower.
            </Alert>
          ) : (
            <>
              <TextField
                select
                label="Lane"
                value={lane}
                onChange={event => setLane(event.target.value as Lane)}
              >
                {choices.map(choice => (
                  <MenuItem key={choice} value={choice}>
                    {LANE_LABELS[choice]}
                  </MenuItem>
                ))}
              </TextField>
              {promotes && (
                <>
                  <TextField
                    required
                    multiline
                    minRows={2}
                    label="What was seen"
                    helperText="What this agent did so far, and how you know"
                    value={seen}
                    inputProps={{ maxLength: 4000 }}
                    onChange={event => setSeen(event.target.value)}
                  />
                  <TextField
                    label="Workflows looked at"
                    helperText="Their ids, with commas between"
                    value={workflows}
                    onChange={event => setWorkflows(event.target.value)}
                  />
                </>
              )}
              <TextField
                required
                multiline
                minRows={2}
                label="Reason"
                value={reason}
                inputProps={{ maxLength: 1000 }}
                onChange={event => setReason(event.target.value)}
              />
            </>
          )}
          {error && <Alert severity="error">{error}</Alert>}
        </Stack>
        <LaneHistory changes={lanes.changes} />
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose} disabled={busy}>
          Close
        </Button>
        <Button type="submit" variant="contained" disabled={busy || missing}>
          {promotes ? 'Promote' : 'Put into this lane'}
        </Button>
      </DialogActions>
    </form>
  );
}

/** Promotes an agent one rung with what was seen, or puts it lower. */
export function LaneDialog(props: {
  agent: AgentHealth;
  onDone: () => void;
  onClose: () => void;
}) {
  const { agent } = props;
  const titleId = useId();
  const api = useApi(agenticApiRef);
  const load = useCallback(() => api.getAgentLanes(agent.id), [api, agent.id]);
  const { value, error, reload } = useLoaded(load);
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      aria-labelledby={titleId}
      onClose={props.onClose}
    >
      <DialogTitle id={titleId}>Lane of {agent.title}</DialogTitle>
      {!value && (
        <DialogContent>
          {error ? (
            <LoadFailure error={error} what="its lanes" onRetry={reload} />
          ) : (
            <LinearProgress aria-label="Loading the lanes" />
          )}
        </DialogContent>
      )}
      {value && <LaneForm {...props} lanes={value} />}
    </Dialog>
  );
}
