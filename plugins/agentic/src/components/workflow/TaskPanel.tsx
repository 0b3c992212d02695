import type { TaskView } from '@agentic-backstage/plugin-agentic-common';
import Close from '@mui/icons-material/Close';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
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
  const { t } = useAgenticTranslation();
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
            {t('workflow.task.logs')}
          </Button>
          {props.mayRetry && task.status === 'failed' && (
            <Button size="small" variant="outlined" onClick={props.onRetry}>
              {t('workflow.task.retry')}
            </Button>
          )}
          {props.onRetryFrom && (
            <Button size="small" onClick={props.onRetryFrom}>
              {t('workflow.retryFrom.here')}
            </Button>
          )}
          <IconButton
            size="small"
            aria-label={t('workflow.task.close')}
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
          {t('common.held', { reason: task.heldBecause })}
        </Alert>
      )}
      {task.status === 'unknown' && (
        <Alert severity="warning" sx={{ mb: 2 }}>
          {t('workflow.task.unknown')}
        </Alert>
      )}
      <FactList
        facts={[
          [t('common.agent'), task.agent],
          [t('workflow.task.goal'), task.goal],
          [
            t('workflow.task.after'),
            task.dependsOn.length > 0
              ? task.dependsOn.join(', ')
              : t('common.nothing'),
          ],
          [
            t('workflow.task.attempt'),
            t('common.ofTotal', {
              part: task.attempt,
              total: task.maxAttempts,
            }),
          ],
          [t('workflow.task.estimated'), task.estimatedDuration],
          [t('workflow.task.took'), task.duration],
          [
            t('workflow.task.started'),
            task.startedAt && <TimeText value={task.startedAt} />,
          ],
          [
            t('workflow.task.ended'),
            task.completedAt && <TimeText value={task.completedAt} />,
          ],
          [
            t('workflow.task.nextAttempt'),
            task.retryAt && <TimeText value={task.retryAt} />,
          ],
        ]}
      />
      {task.critic && <CriticDetails verdict={task.critic} />}
      {task.output && (
        <Box component="details" sx={{ mt: 2 }}>
          <summary>{t('workflow.task.output')}</summary>
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
