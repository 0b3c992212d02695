import type { Workflow } from '@agentic-backstage/plugin-agentic-common';
import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import { agenticApiRef, type WorkflowControl } from '../../api/AgenticApi';
import { ReasonDialog } from '../states/ReasonDialog';
import { RetryFromDialog } from './RetryFromDialog';
import { ReviseDialog } from './ReviseDialog';

type Action = WorkflowControl | 'retry';

const DIALOGS: Readonly<
  Record<
    Action,
    { title: string; explanation: string; confirmLabel: string; done: string }
  >
> = {
  pause: {
    title: 'Pause this workflow?',
    explanation:
      'Tasks that run are finished; nothing new is started until somebody resumes it.',
    confirmLabel: 'Pause',
    done: 'Pausing',
  },
  resume: {
    title: 'Resume this workflow?',
    explanation: 'It goes on where it was paused.',
    confirmLabel: 'Resume',
    done: 'Resuming',
  },
  cancel: {
    title: 'Cancel this workflow?',
    explanation:
      'It stops. What it already changed is rolled back where the plan says how. Later it can be started again from a task.',
    confirmLabel: 'Cancel workflow',
    done: 'Cancelling',
  },
  retry: {
    title: 'Retry the failed tasks?',
    explanation:
      'Every failed task is tried again. Effects that are already confirmed are not repeated.',
    confirmLabel: 'Retry',
    done: 'Retrying',
  },
};

const LABELS: Readonly<Record<Action, string>> = {
  pause: 'Pause',
  resume: 'Resume',
  retry: 'Retry failed tasks',
  cancel: 'Cancel',
};

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
      title: `${DIALOGS[action].done} ${workflow.serviceName}`,
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
          {LABELS[action]}
        </Button>
      ))}
      {workflow.controls.retryFrom && (
        <Button variant="outlined" onClick={() => setChoosingTask(true)}>
          Start again from a task
        </Button>
      )}
      {(choosingTask || retryFrom) && (
        <RetryFromDialog
          workflow={workflow}
          fromTask={retryFrom}
          onDone={() => {
            toastApi.post({
              title: `${DIALOGS.retry.done} ${workflow.serviceName}`,
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
          Change request
        </Button>
      )}
      {revising && (
        <ReviseDialog
          workflow={workflow}
          onRevised={() => {
            toastApi.post({
              title: `Planning ${workflow.serviceName} anew`,
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
          {...DIALOGS[open]}
          title={retryTask ? `Retry task ${retryTask}?` : DIALOGS[open].title}
          destructive={open === 'cancel'}
          onConfirm={reason => carryOut(open, reason)}
          onClose={close}
        />
      )}
    </Stack>
  );
}
