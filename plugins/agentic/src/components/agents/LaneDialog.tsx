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
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { LoadFailure } from '../states/LoadFailure';
import { LaneHistory } from './LaneHistory';

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
  const { t } = useAgenticTranslation();
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
        title: t('agents.lane.done', {
          agent: agent.title,
          lane: t(`words.lane.${lane}`),
        }),
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
          {t('agents.lane.explanation', {
            declared: t(`words.lane.${lanes.declared}`),
            promoted: t(`words.lane.${lanes.promoted}`),
          })}
        </DialogContentText>
        <Stack spacing={2}>
          {choices.length === 0 ? (
            <Alert severity="info">{t('agents.lane.noChoice')}</Alert>
          ) : (
            <>
              <TextField
                select
                label={t('agents.lane.field')}
                value={lane}
                onChange={event => setLane(event.target.value as Lane)}
              >
                {choices.map(choice => (
                  <MenuItem key={choice} value={choice}>
                    {t(`words.lane.${choice}`)}
                  </MenuItem>
                ))}
              </TextField>
              {promotes && (
                <>
                  <TextField
                    required
                    multiline
                    minRows={2}
                    label={t('agents.lane.seen')}
                    helperText={t('agents.lane.seenHint')}
                    value={seen}
                    inputProps={{ maxLength: 4000 }}
                    onChange={event => setSeen(event.target.value)}
                  />
                  <TextField
                    label={t('agents.lane.workflows')}
                    helperText={t('agents.lane.workflowsHint')}
                    value={workflows}
                    onChange={event => setWorkflows(event.target.value)}
                  />
                </>
              )}
              <TextField
                required
                multiline
                minRows={2}
                label={t('common.reason')}
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
          {t('common.close')}
        </Button>
        <Button type="submit" variant="contained" disabled={busy || missing}>
          {promotes ? t('agents.lane.promote') : t('agents.lane.putInto')}
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
  const { t } = useAgenticTranslation();
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
      <DialogTitle id={titleId}>
        {t('agents.lane.title', { agent: agent.title })}
      </DialogTitle>
      {!value && (
        <DialogContent>
          {error ? (
            <LoadFailure
              error={error}
              what={t('common.subject.lanes')}
              onRetry={reload}
            />
          ) : (
            <LinearProgress aria-label={t('agents.lane.loading')} />
          )}
        </DialogContent>
      )}
      {value && <LaneForm {...props} lanes={value} />}
    </Dialog>
  );
}
