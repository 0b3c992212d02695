import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';

/** What a dialog with a form says and does. */
export interface FormDialogProps {
  readonly title: string;
  readonly explanation?: string;
  readonly confirmLabel: string;
  /** What the button says while it is under way; the same as before when absent. */
  readonly busyLabel?: string;
  readonly destructive?: boolean;
  readonly wide?: boolean;
  /** Set while something is missing: it cannot be sent then. */
  readonly incomplete?: boolean;
  /** The dialog closes when this is done, and stays open with the message when it throws. */
  readonly onSubmit: () => Promise<void>;
  readonly onClose: () => void;
  readonly onEntered?: () => void;
  /** What is said of a failure; its message when absent. */
  readonly describeFailure?: (failure: Error) => string;
  /** The fields; given the last failure where they show it themselves. */
  readonly children: ReactNode | ((failure: Error | undefined) => ReactNode);
}

/** Fields that are sent together; open as long as it is mounted, and never closed while it is under way. */
export function FormDialog(props: FormDialogProps) {
  const { t } = useAgenticTranslation();
  const { children, onClose, describeFailure } = props;
  const titleId = useId();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Error>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    try {
      await props.onSubmit();
      onClose();
    } catch (problem) {
      setFailure(problem as Error);
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      fullWidth
      maxWidth={props.wide ? 'md' : 'sm'}
      aria-labelledby={titleId}
      onClose={busy ? undefined : onClose}
      TransitionProps={{ onEntered: props.onEntered }}
    >
      <form onSubmit={submit}>
        <DialogTitle id={titleId}>{props.title}</DialogTitle>
        <DialogContent>
          {props.explanation && (
            <DialogContentText sx={{ mb: 2 }}>
              {props.explanation}
            </DialogContentText>
          )}
          {typeof children === 'function' ? children(failure) : children}
          {failure && (
            <Alert severity="error" sx={{ mt: 2 }}>
              {describeFailure?.(failure) ?? failure.message}
            </Alert>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} disabled={busy}>
            {t('common.close')}
          </Button>
          <Button
            type="submit"
            variant="contained"
            color={props.destructive ? 'error' : 'primary'}
            disabled={busy || props.incomplete}
            startIcon={busy && <CircularProgress size={16} aria-hidden />}
          >
            {busy ? props.busyLabel ?? props.confirmLabel : props.confirmLabel}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
