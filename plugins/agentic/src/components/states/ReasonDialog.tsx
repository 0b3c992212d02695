import TextField from '@mui/material/TextField';
import { useRef, useState } from 'react';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { FormDialog } from './FormDialog';

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
  const { t } = useAgenticTranslation();
  const { reasonRequired, onConfirm, ...frame } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      {...frame}
      incomplete={reasonRequired && reason.trim() === ''}
      onSubmit={() => onConfirm(reason.trim())}
      onEntered={() => field.current?.focus()}
    >
      <TextField
        inputRef={field}
        fullWidth
        multiline
        minRows={2}
        label={t(reasonRequired ? 'common.reason' : 'common.reasonOptional')}
        required={reasonRequired}
        value={reason}
        inputProps={{ maxLength: 2000 }}
        onChange={event => setReason(event.target.value)}
      />
    </FormDialog>
  );
}
