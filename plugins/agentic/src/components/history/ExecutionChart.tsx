import {
  formatDuration,
  TERMINAL_PHASES,
  type Workflow,
} from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useNow } from '../../live/useNow';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { executionSpans, type TaskExecution } from './executionSpans';
import type { Translate } from '../../translation/Translate';

/** A bar narrower than this, in percent, would not be seen. */
const LEAST_PERCENT = 0.4;

function seconds(task: TaskExecution, kind: 'waiting' | 'work'): number {
  return (
    task.spans
      .filter(span => span.kind === kind)
      .reduce((sum, { from, to }) => sum + to - from, 0) / 1000
  );
}

function describe(task: TaskExecution, t: Translate): string {
  if (task.spans.length === 0) return t('history.notBegun');
  const waited = seconds(task, 'waiting');
  return [
    t('history.work', { duration: formatDuration(seconds(task, 'work')) }),
    ...(waited > 0
      ? [t('history.waiting', { duration: formatDuration(waited) })]
      : []),
    ...(task.attempts > 1
      ? [t('history.attempts', { total: task.attempts })]
      : []),
  ].join(', ');
}

/** When each task was worked on and when it waited for people, on one axis of time. */
export function ExecutionChart(props: { workflow: Workflow }) {
  const { t } = useAgenticTranslation();
  const { workflow } = props;
  const now = useNow(!TERMINAL_PHASES.includes(workflow.phase));
  const tasks = executionSpans(workflow, now);
  const begin = Date.parse(workflow.createdAt);
  const end = Math.max(
    begin + 1000,
    ...tasks.flatMap(({ spans }) => spans.map(({ to }) => to)),
  );
  const percent = (from: number, to: number) =>
    (100 * (to - from)) / (end - begin);
  return (
    <Box
      component="ol"
      aria-label={t('history.chart')}
      sx={{ listStyle: 'none', p: 0, m: 0, mb: 3 }}
    >
      {tasks.map(task => (
        <Box
          component="li"
          key={task.taskId}
          sx={{
            display: 'grid',
            gridTemplateColumns: { xs: '1fr', md: '16rem 1fr 16rem' },
            columnGap: 2,
            alignItems: 'center',
            py: 0.5,
          }}
        >
          <Typography variant="body2">
            {task.taskId} {task.title}
          </Typography>
          <Box
            aria-hidden
            sx={{
              position: 'relative',
              height: 16,
              bgcolor: 'action.hover',
              borderRadius: 0.5,
              overflow: 'hidden',
            }}
          >
            {task.spans.map(({ kind, from, to }) => (
              <Box
                key={`${kind}-${from}`}
                sx={{
                  position: 'absolute',
                  top: 0,
                  bottom: 0,
                  left: `${percent(begin, from)}%`,
                  width: `${Math.max(LEAST_PERCENT, percent(from, to))}%`,
                  bgcolor: kind === 'work' ? 'primary.main' : 'warning.main',
                  // Told by form too, and not by colour alone.
                  opacity: kind === 'work' ? 1 : 0.45,
                  ...(kind === 'waiting' && { top: 5, bottom: 5 }),
                }}
              />
            ))}
          </Box>
          <Typography variant="body2" color="text.secondary">
            {describe(task, t)}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
