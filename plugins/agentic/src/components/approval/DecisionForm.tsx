import {
  approvalDecidePermission,
  type Approval,
  type ApprovalRole,
} from '@agentic-backstage/plugin-agentic-common';
import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useId, useState } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useCurrentUser } from '../../live/useCurrentUser';
import { useNow } from '../../live/useNow';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { missingRoles, reasonNotToApprove } from './approvalRules';

/** Approve and reject with a reason; says why when the reader cannot. */
export function DecisionForm(props: {
  approval: Approval;
  onDecided: () => void;
}) {
  const { t } = useAgenticTranslation();
  const { approval } = props;
  const api = useApi(agenticApiRef);
  const toastApi = useApi(toastApiRef);
  const me = useCurrentUser();
  const now = useNow(true, 30_000);
  const obstacleId = useId();
  const permission = usePermission({
    permission: approvalDecidePermission,
    resourceRef: approval.approvalId,
  });
  const [reason, setReason] = useState('');
  const [role, setRole] = useState<ApprovalRole | ''>('');
  const [busy, setBusy] = useState<'approve' | 'reject'>();
  const [error, setError] = useState<string>();
  const [reasonMissing, setReasonMissing] = useState(false);

  // When the permission cannot be looked up the backend still decides, so the buttons stay.
  const denied =
    !permission.loading && !permission.allowed && !permission.error;
  const obstacle =
    reasonNotToApprove({ approval, me, now, t }) ??
    (denied ? t('approvals.decide.denied') : undefined);
  const open = missingRoles(approval);
  const blocked = obstacle !== undefined || busy !== undefined;

  const decide = async (decision: 'approve' | 'reject') => {
    if (decision === 'reject' && reason.trim() === '') {
      setReasonMissing(true);
      return;
    }
    setBusy(decision);
    setError(undefined);
    try {
      await api.decideApproval(approval.approvalId, {
        decision,
        reason: reason.trim(),
        scopeHash: approval.scopeHash,
        ...(role ? { role } : {}),
      });
      toastApi.post({
        title:
          decision === 'approve'
            ? t('approvals.decide.approved')
            : t('approvals.decide.rejected'),
        description: approval.plan.title,
        status: decision === 'approve' ? 'success' : 'warning',
        timeout: 5000,
      });
      setReason('');
      props.onDecided();
    } catch (problem) {
      setError((problem as Error).message);
    }
    setBusy(undefined);
  };

  return (
    <Stack spacing={2} sx={{ maxWidth: 720 }}>
      {obstacle && (
        <Alert severity="info" id={obstacleId}>
          {obstacle}
        </Alert>
      )}
      {open.length > 1 && (
        <TextField
          select
          size="small"
          label={t('approvals.decide.signAs')}
          value={role}
          SelectProps={{ displayEmpty: true }}
          InputLabelProps={{ shrink: true }}
          disabled={blocked}
          onChange={event =>
            setRole(open.find(each => each === event.target.value) ?? '')
          }
        >
          <MenuItem value="">{t('approvals.decide.anyRole')}</MenuItem>
          {open.map(each => (
            <MenuItem key={each} value={each}>
              {t(`words.role.${each}`)}
            </MenuItem>
          ))}
        </TextField>
      )}
      <TextField
        multiline
        minRows={2}
        label={t('approvals.decide.reason')}
        value={reason}
        disabled={blocked}
        error={reasonMissing}
        helperText={
          reasonMissing ? t('approvals.decide.reasonMissing') : undefined
        }
        inputProps={{ maxLength: 2000 }}
        onChange={event => {
          setReason(event.target.value);
          setReasonMissing(false);
        }}
      />
      {error && <Alert severity="error">{error}</Alert>}
      <Stack direction="row" spacing={1}>
        <Button
          variant="contained"
          color="primary"
          disabled={blocked}
          aria-describedby={obstacle ? obstacleId : undefined}
          startIcon={busy === 'approve' && <CircularProgress size={16} />}
          onClick={() => decide('approve')}
        >
          {t('approvals.decide.approve')}
        </Button>
        <Button
          variant="outlined"
          color="error"
          disabled={blocked}
          aria-describedby={obstacle ? obstacleId : undefined}
          startIcon={busy === 'reject' && <CircularProgress size={16} />}
          onClick={() => decide('reject')}
        >
          {t('approvals.decide.reject')}
        </Button>
      </Stack>
    </Stack>
  );
}
