import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { useId, useRef, useState, type FormEvent } from 'react';

/** What a confirmation dialog says and does. */
export interface ReasonDialogProps {
  readonly title: string;
  readonly explanation: string;
  readonly confirmLabel: string;
  readonly destructive?: boolean;
  readonly reasonRequired?: boolean;
  /** The dialog stays open and shows the message when this throws. */
  readonly onConfirm: (reason: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Asks for a reason before something is done; shown as long as it is mounted. */
export function ReasonDialog(props: ReasonDialogProps) {
  const titleId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const missing = props.reasonRequired && reason.trim() === '';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await props.onConfirm(reason.trim());
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
      TransitionProps={{ onEntered: () => field.current?.focus() }}
    >
      <form onSubmit={submit}>
        <DialogTitle id={titleId}>{props.title}</DialogTitle>
        <DialogContent>
          <DialogContentText sx={{ mb: 2 }}>
            {props.explanation}
          </DialogContentText>
          <TextField
            inputRef={field}
            fullWidth
            multiline
            minRows={2}
            label={props.reasonRequired ? 'Reason' : 'Reason (optional)'}
            required={props.reasonRequired}
            value={reason}
            inputProps={{ maxLength: 2000 }}
            onChange={event => setReason(event.target.value)}
          />
          {error && (
            <Alert severity="error" sx={{ mt: 2 }}>
              {error}
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
            color={props.destructive ? 'error' : 'primary'}
            disabled={busy || missing}
            startIcon={busy && <CircularProgress size={16} />}
          >
            {props.confirmLabel}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
