import type {
  TaskView,
  Workflow,
} from '@agentic-backstage/plugin-agentic-common';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState, type FormEvent } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { TASKS } from '../status/wording';
import { describeRetry, type EffectFate } from './describeRetry';

const TEXTS = {
  title: 'Start again from a task?',
  explanation:
    'That task and everything that depends on it run again, and so does whatever is not completed. Changes of the world are dry-run and approved as before.',
  from: 'Start again from',
  again: 'Runs again',
  kept: 'Is kept',
  keptNothing: 'Nothing: every task runs again.',
  effects: 'What becomes of the changes of the world',
  noEffects:
    'Nothing was changed so far. What the tasks want to change is dry-run and approved first.',
  reason: 'Reason (optional)',
  close: 'Close',
  confirm: 'Start again',
  starting: 'Starting again',
  fates: {
    kept: 'kept as it is',
    not_repeated: 'confirmed, so not repeated',
    looked_at: 'looked at first; done again only if it is not there',
    anew: 'dry-run again, and waits for a new approval',
  } satisfies Record<EffectFate, string>,
} as const;

function TaskNames(props: { tasks: readonly TaskView[] }) {
  return (
    <Box component="ul" sx={{ pl: 2.5, my: 0.5 }}>
      {props.tasks.map(({ taskId, title, status }) => (
        <li key={taskId}>
          {taskId} {title} ({TASKS[status].label.toLocaleLowerCase()})
        </li>
      ))}
    </Box>
  );
}

function Heading(props: { children: string }) {
  return (
    <Typography component="h3" variant="subtitle2" color="text.secondary">
      {props.children}
    </Typography>
  );
}

/** Chooses the task a workflow starts again from, and shows what that means before it is done. */
export function RetryFromDialog(props: {
  workflow: Workflow;
  /** The task that is chosen at first; the first one that is not completed when none is named. */
  fromTask?: string;
  onDone: () => void;
  onClose: () => void;
}) {
  const { workflow } = props;
  const { tasks } = workflow;
  const api = useApi(agenticApiRef);
  const titleId = useId();
  const [fromTask, setFromTask] = useState(
    props.fromTask ??
      (tasks.find(({ status }) => status !== 'completed') ?? tasks[0])?.taskId,
  );
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const { again, kept, effects } = describeRetry(workflow, fromTask);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await api.retryWorkflow(workflow.workflowId, {
        fromTask,
        reason: reason.trim(),
      });
      props.onDone();
      props.onClose();
    } catch (problem) {
      setError(problem as Error);
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
        <DialogTitle id={titleId}>{TEXTS.title}</DialogTitle>
        <DialogContent>
          <DialogContentText sx={{ mb: 2 }}>
            {TEXTS.explanation}
          </DialogContentText>
          <TextField
            select
            fullWidth
            size="small"
            label={TEXTS.from}
            value={fromTask ?? ''}
            sx={{ mb: 2, mt: 1 }}
            onChange={event => setFromTask(event.target.value)}
          >
            {tasks.map(({ taskId, title }) => (
              <MenuItem key={taskId} value={taskId}>
                {taskId} {title}
              </MenuItem>
            ))}
          </TextField>
          <Box role="status" sx={{ mb: 2 }}>
            <Heading>{TEXTS.again}</Heading>
            <TaskNames tasks={again} />
            <Heading>{TEXTS.kept}</Heading>
            {kept.length > 0 ? (
              <TaskNames tasks={kept} />
            ) : (
              <Typography>{TEXTS.keptNothing}</Typography>
            )}
            <Heading>{TEXTS.effects}</Heading>
            {effects.length > 0 ? (
              <Box component="ul" sx={{ pl: 2.5, my: 0.5 }}>
                {effects.map(({ effectId, taskId, summary, fate }) => (
                  <li key={effectId}>
                    {taskId}: {summary} ({TEXTS.fates[fate]})
                  </li>
                ))}
              </Box>
            ) : (
              <Typography>{TEXTS.noEffects}</Typography>
            )}
          </Box>
          <TextField
            fullWidth
            multiline
            minRows={2}
            label={TEXTS.reason}
            value={reason}
            inputProps={{ maxLength: 2000 }}
            onChange={event => setReason(event.target.value)}
          />
          {error && (
            <Alert severity="error" sx={{ mt: 2 }}>
              {error.message}
            </Alert>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={props.onClose} disabled={busy}>
            {TEXTS.close}
          </Button>
          <Button
            type="submit"
            variant="contained"
            disabled={busy || !fromTask}
            startIcon={busy && <CircularProgress size={16} aria-hidden />}
          >
            {busy ? TEXTS.starting : TEXTS.confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
