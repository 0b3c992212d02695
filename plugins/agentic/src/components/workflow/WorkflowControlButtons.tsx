import type { Workflow } from '@agentic-backstage/plugin-agentic-common';
import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import { agenticApiRef, type WorkflowControl } from '../../api/AgenticApi';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { ReasonDialog } from '../states/ReasonDialog';
import { RetryFromDialog } from './RetryFromDialog';
import { ReviseDialog } from './ReviseDialog';

type Action = WorkflowControl | 'retry';

/** Pause, resume, retry, cancel and change the request: only those the backend says the reader may use now. */
export function WorkflowControlButtons(props: {
  workflow: Workflow;
  /** Set while the dialog to retry one task is to be shown. */
  retryTask?: string;
  /** Set while the dialog to start again from a task is to be shown. */
  retryFrom?: string;
  onRetryTaskClosed: () => void;
  onDone: () => void;
}) {
  const { t } = useAgenticTranslation();
  const { workflow, retryTask, retryFrom } = props;
  const api = useApi(agenticApiRef);
  const toastApi = useApi(toastApiRef);
  const [asking, setAsking] = useState<Action>();
  const [revising, setRevising] = useState(false);
  const [choosingTask, setChoosingTask] = useState(false);
  const offered = (['pause', 'resume', 'retry', 'cancel'] as const).filter(
    action => workflow.controls[action],
  );
  const open = retryTask ? 'retry' : asking;

  const carryOut = async (action: Action, reason: string) => {
    if (action === 'retry') {
      await api.retryWorkflow(workflow.workflowId, {
        ...(retryTask ? { taskId: retryTask } : {}),
        reason,
      });
    } else {
      await api.controlWorkflow(workflow.workflowId, action, reason);
    }
    toastApi.post({
      title: t(`workflow.control.${action}.done`, {
        service: workflow.serviceName,
      }),
      status: 'info',
      timeout: 4000,
    });
    props.onDone();
  };

  const close = () => {
    setAsking(undefined);
    setChoosingTask(false);
    props.onRetryTaskClosed();
  };

  return (
    <Stack
      direction="row"
      spacing={1}
      alignItems="flex-start"
      flexShrink={0}
      useFlexGap
      flexWrap="wrap"
    >
      {offered.map(action => (
        <Button
          key={action}
          variant="outlined"
          color={action === 'cancel' ? 'error' : 'primary'}
          onClick={() => setAsking(action)}
        >
          {t(`workflow.control.${action}.label`)}
        </Button>
      ))}
      {workflow.controls.retryFrom && (
        <Button variant="outlined" onClick={() => setChoosingTask(true)}>
          {t('workflow.retryFrom.open')}
        </Button>
      )}
      {(choosingTask || retryFrom) && (
        <RetryFromDialog
          workflow={workflow}
          fromTask={retryFrom}
          onDone={() => {
            toastApi.post({
              title: t('workflow.control.retry.done', {
                service: workflow.serviceName,
              }),
              status: 'info',
              timeout: 4000,
            });
            props.onDone();
          }}
          onClose={close}
        />
      )}
      {workflow.controls.revise && (
        <Button variant="outlined" onClick={() => setRevising(true)}>
          {t('workflow.revise.confirm')}
        </Button>
      )}
      {revising && (
        <ReviseDialog
          workflow={workflow}
          onRevised={() => {
            toastApi.post({
              title: t('workflow.revise.done', {
                service: workflow.serviceName,
              }),
              status: 'info',
              timeout: 4000,
            });
            props.onDone();
          }}
          onClose={() => setRevising(false)}
        />
      )}
      {open && (
        <ReasonDialog
          explanation={t(`workflow.control.${open}.explanation`)}
          confirmLabel={t(`workflow.control.${open}.confirm`)}
          title={
            retryTask
              ? t('workflow.control.retryTask', { task: retryTask })
              : t(`workflow.control.${open}.title`)
          }
          destructive={open === 'cancel'}
          onConfirm={reason => carryOut(open, reason)}
          onClose={close}
        />
      )}
    </Stack>
  );
}
