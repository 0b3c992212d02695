import type { TaskView } from '@agentic-backstage/plugin-agentic-common';
import Close from '@mui/icons-material/Close';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import { CriticDetails } from '../approval/CriticDetails';
import { FactList } from '../status/FactList';
import { Section } from '../status/Section';
import { TimeText } from '../status/TimeText';
import { TASKS } from '../status/wording';
import { WordedPill } from '../status/WordedPill';

/** Everything about one task: state, attempts, times, error and output. */
export function TaskPanel(props: {
  task: TaskView;
  mayRetry: boolean;
  onRetry: () => void;
  /** Absent when it cannot be started again. */
  onRetryFrom?: () => void;
  onShowLogs: () => void;
  onClose: () => void;
}) {
  const { task } = props;
  return (
    <Section
      title={`${task.taskId}: ${task.title}`}
      aside={
        <Stack
          direction="row"
          spacing={1}
          alignItems="center"
          useFlexGap
          flexWrap="wrap"
        >
          <WordedPill wordings={TASKS} state={task.status} />
          <Button size="small" onClick={props.onShowLogs}>
            Logs
          </Button>
          {props.mayRetry && task.status === 'failed' && (
            <Button size="small" variant="outlined" onClick={props.onRetry}>
              Retry this task
            </Button>
          )}
          {props.onRetryFrom && (
            <Button size="small" onClick={props.onRetryFrom}>
              Start again from here
            </Button>
          )}
          <IconButton
            size="small"
            aria-label="Close task"
            onClick={props.onClose}
          >
            <Close fontSize="small" />
          </IconButton>
        </Stack>
      }
    >
      {task.error && (
        <Alert severity="error" sx={{ mb: 2, overflowWrap: 'anywhere' }}>
          {task.error}
        </Alert>
      )}
      {task.heldBecause && (
        <Alert severity="warning" sx={{ mb: 2, overflowWrap: 'anywhere' }}>
          Held: {task.heldBecause}
        </Alert>
      )}
      {task.status === 'unknown' && (
        <Alert severity="warning" sx={{ mb: 2 }}>
          It was done, but looking at the result from outside could not confirm
          it. Check by hand before you rely on it.
        </Alert>
      )}
      <FactList
        facts={[
          ['Agent', task.agent],
          ['Goal', task.goal],
          [
            'After',
            task.dependsOn.length > 0 ? task.dependsOn.join(', ') : 'nothing',
          ],
          ['Attempt', `${task.attempt} of ${task.maxAttempts}`],
          ['Estimated', task.estimatedDuration],
          ['Took', task.duration],
          ['Started', task.startedAt && <TimeText value={task.startedAt} />],
          ['Ended', task.completedAt && <TimeText value={task.completedAt} />],
          ['Next attempt', task.retryAt && <TimeText value={task.retryAt} />],
        ]}
      />
      {task.critic && <CriticDetails verdict={task.critic} />}
      {task.output && (
        <Box component="details" sx={{ mt: 2 }}>
          <summary>Output</summary>
          <Box
            component="pre"
            tabIndex={0}
            sx={{ overflow: 'auto', maxHeight: 320, m: 0, mt: 1 }}
          >
            {JSON.stringify(task.output, undefined, 2)}
          </Box>
        </Box>
      )}
    </Section>
  );
}
