import type {
  TaskView,
  Workflow,
} from '@agentic-backstage/plugin-agentic-common';
import { useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { FormDialog } from '../states/FormDialog';
import { describeRetry } from './describeRetry';

function TaskNames(props: { tasks: readonly TaskView[] }) {
  const { t } = useAgenticTranslation();
  return (
    <Box component="ul" sx={{ pl: 2.5, my: 0.5 }}>
      {props.tasks.map(({ taskId, title, status }) => (
        <li key={taskId}>
          {taskId} {title} ({t(`workflow.taskState.${status}`)})
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
  const { t } = useAgenticTranslation();
  const { workflow } = props;
  const { tasks } = workflow;
  const api = useApi(agenticApiRef);
  const [fromTask, setFromTask] = useState(
    props.fromTask ??
      (tasks.find(({ status }) => status !== 'completed') ?? tasks[0])?.taskId,
  );
  const [reason, setReason] = useState('');
  const { again, kept, effects } = describeRetry(workflow, fromTask);

  return (
    <FormDialog
      title={t('workflow.retryFrom.title')}
      explanation={t('workflow.retryFrom.explanation')}
      confirmLabel={t('workflow.retryFrom.confirm')}
      busyLabel={t('workflow.retryFrom.starting')}
      incomplete={!fromTask}
      onSubmit={async () => {
        await api.retryWorkflow(workflow.workflowId, {
          fromTask,
          reason: reason.trim(),
        });
        props.onDone();
      }}
      onClose={props.onClose}
    >
      <TextField
        select
        fullWidth
        size="small"
        label={t('workflow.retryFrom.from')}
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
        <Heading>{t('workflow.retryFrom.again')}</Heading>
        <TaskNames tasks={again} />
        <Heading>{t('workflow.retryFrom.kept')}</Heading>
        {kept.length > 0 ? (
          <TaskNames tasks={kept} />
        ) : (
          <Typography>{t('workflow.retryFrom.keptNothing')}</Typography>
        )}
        <Heading>{t('workflow.retryFrom.effects')}</Heading>
        {effects.length > 0 ? (
          <Box component="ul" sx={{ pl: 2.5, my: 0.5 }}>
            {effects.map(({ effectId, taskId, summary, fate }) => (
              <li key={effectId}>
                {taskId}: {summary} ({t(`workflow.fate.${fate}`)})
              </li>
            ))}
          </Box>
        ) : (
          <Typography>{t('workflow.retryFrom.noEffects')}</Typography>
        )}
      </Box>
      <TextField
        fullWidth
        multiline
        minRows={2}
        label={t('common.reasonOptional')}
        value={reason}
        inputProps={{ maxLength: 2000 }}
        onChange={event => setReason(event.target.value)}
      />
    </FormDialog>
  );
}
