import type { Plan } from '@agentic-backstage/plugin-agentic-common';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { agenticApiRef, type WorkflowRequest } from '../../api/AgenticApi';
import { AgenticRequestError } from '../../api/AgenticRequestError';
import { workflowRouteRef } from '../../routes';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';

/**
 * Starts exactly the plan that is shown: its hash goes along, and when the backend would make another
 * plan by now, that one is shown instead and nothing is started.
 */
export function StartPlan(props: {
  plan: Plan;
  /** Absent while what is written is not what the plan was made from. */
  request: WorkflowRequest | undefined;
  onOtherPlan: (plan: Plan, request: WorkflowRequest) => void;
}) {
  const { t } = useAgenticTranslation();
  const { plan, request, onOtherPlan } = props;
  const api = useApi(agenticApiRef);
  const navigate = useNavigate();
  const workflowLink = useRouteRef(workflowRouteRef);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const otherPlan = error instanceof AgenticRequestError && error.plan;

  // A message about what was written before would be about something else by now.
  useEffect(() => {
    if (!request) setError(undefined);
  }, [request]);

  const start = async () => {
    if (!request) return;
    setBusy(true);
    setError(undefined);
    try {
      const { workflowId } = await api.createWorkflow({
        ...request,
        expectedPlanHash: plan.planHash,
      });
      const to = workflowLink?.({ workflowId });
      if (to) navigate(to);
    } catch (problem) {
      if (problem instanceof AgenticRequestError && problem.plan) {
        onOtherPlan(problem.plan, request);
      }
      setError(problem as Error);
    }
    setBusy(false);
  };

  return (
    <>
      <Stack
        direction="row"
        spacing={2}
        alignItems="center"
        useFlexGap
        flexWrap="wrap"
        sx={{ mb: 2 }}
      >
        <Button
          variant="contained"
          disabled={busy || !request}
          startIcon={busy && <CircularProgress size={16} aria-hidden />}
          onClick={start}
        >
          {busy ? t('newRequest.starting') : t('newRequest.start')}
        </Button>
        <Typography color="text.secondary">
          {t('newRequest.startHint')}
        </Typography>
      </Stack>
      {error && (
        <Alert severity={otherPlan ? 'warning' : 'error'} sx={{ mb: 2 }}>
          {otherPlan && <AlertTitle>{t('newRequest.otherPlan')}</AlertTitle>}
          {error.message}
        </Alert>
      )}
    </>
  );
}
