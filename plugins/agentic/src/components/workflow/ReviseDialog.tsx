import type { Workflow } from '@agentic-backstage/plugin-agentic-common';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { useId, useState, type FormEvent } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { AgenticRequestError } from '../../api/AgenticRequestError';
import { DetailFields } from '../newWorkflow/DetailFields';
import {
  FORM_FIELDS,
  problemText,
  sortProblems,
  toParameters,
  type FormValues,
} from '../newWorkflow/requestForm';

function valuesOf({ plan }: Workflow): FormValues {
  const intent: Readonly<Record<string, unknown>> = plan.intent;
  return Object.fromEntries(
    FORM_FIELDS.flatMap(({ name }) =>
      intent[name] === undefined ? [] : [[name, String(intent[name])]],
    ),
  );
}

/** Changes what was asked for; shown as long as it is mounted. Only what was changed is sent. */
export function ReviseDialog(props: {
  workflow: Workflow;
  onRevised: () => void;
  onClose: () => void;
}) {
  const { workflow } = props;
  const api = useApi(agenticApiRef);
  const titleId = useId();
  const before = valuesOf(workflow);
  const [values, setValues] = useState<FormValues>(before);
  const [description, setDescription] = useState(workflow.description ?? '');
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AgenticRequestError | Error>();
  const problems = sortProblems(
    error instanceof AgenticRequestError ? error.problems : [],
  );
  const changed = Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== before[name]),
  );
  const otherWords = description !== (workflow.description ?? '');
  const nothing = Object.keys(changed).length === 0 && !otherWords;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await api.reviseWorkflow(workflow.workflowId, {
        planHash: workflow.plan.planHash,
        parameters: toParameters(changed),
        reason: reason.trim(),
        ...(otherWords && { description }),
      });
      props.onRevised();
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
      maxWidth="md"
      aria-labelledby={titleId}
      onClose={busy ? undefined : props.onClose}
    >
      <form onSubmit={submit}>
        <DialogTitle id={titleId}>Change this request?</DialogTitle>
        <DialogContent>
          <DialogContentText sx={{ mb: 2 }}>
            It is planned anew and starts from the beginning. What was approved
            is void, and those who sign see what has changed.
          </DialogContentText>
          <TextField
            fullWidth
            multiline
            minRows={2}
            label="Description"
            value={description}
            sx={{ mb: 1 }}
            inputProps={{ maxLength: 4000 }}
            onChange={event => setDescription(event.target.value)}
          />
          <DetailFields
            values={values}
            problems={problems.byField}
            onChange={(name, value) => setValues({ ...values, [name]: value })}
          />
          <TextField
            fullWidth
            required
            multiline
            minRows={2}
            label="Reason"
            value={reason}
            sx={{ mt: 2 }}
            inputProps={{ maxLength: 2000 }}
            onChange={event => setReason(event.target.value)}
          />
          {error && (
            <Alert severity="error" sx={{ mt: 2 }}>
              {problems.general.length > 0
                ? problems.general.map(problemText).join(' ')
                : error.message}
            </Alert>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={props.onClose} disabled={busy}>
            Close
          </Button>
          <Button
            type="submit"
            variant="contained"
            disabled={busy || nothing || reason.trim() === ''}
            startIcon={busy && <CircularProgress size={16} />}
          >
            Change request
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
