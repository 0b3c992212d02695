import type {
  TaskView,
  WorkflowEvent,
} from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState } from 'react';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { Notice } from '../states/Notice';
import { TimeText } from '../status/TimeText';

const LEVELS = ['info', 'warn', 'error'] as const;
type Level = (typeof LEVELS)[number];

/** More rows than this make a browser slow; the newest are kept. */
const MAX_ROWS = 1000;

const COLORS: Readonly<Record<Level, string>> = {
  info: 'text.primary',
  warn: 'warning.main',
  error: 'error.main',
};

/** Every event of a workflow as lines of a log that can be narrowed and that follows the newest. */
export function LogsSection(props: {
  events: readonly WorkflowEvent[];
  tasks: readonly TaskView[];
  taskId: string;
  onTaskChange: (taskId: string) => void;
}) {
  const { t } = useAgenticTranslation();
  const { events, tasks, taskId } = props;
  const [level, setLevel] = useState<Level>('info');
  const [follow, setFollow] = useState(true);
  const box = useRef<HTMLDivElement>(null);

  const matching = events.filter(
    event =>
      (taskId === '' || event.taskId === taskId) &&
      LEVELS.indexOf(event.level) >= LEVELS.indexOf(level),
  );
  const shown = matching.slice(-MAX_ROWS);
  const newest = shown[shown.length - 1]?.seq;

  useEffect(() => {
    if (follow && box.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [follow, newest]);

  return (
    <>
      <Stack
        direction="row"
        spacing={2}
        useFlexGap
        flexWrap="wrap"
        sx={{ mb: 2 }}
      >
        <TextField
          select
          size="small"
          label={t('common.task')}
          value={taskId}
          SelectProps={{ displayEmpty: true }}
          InputLabelProps={{ shrink: true }}
          sx={{ minWidth: 220 }}
          onChange={event => props.onTaskChange(event.target.value)}
        >
          <MenuItem value="">{t('history.allTasks')}</MenuItem>
          {tasks.map(task => (
            <MenuItem key={task.taskId} value={task.taskId}>
              {task.taskId} {task.title}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          select
          size="small"
          label={t('history.level')}
          value={level}
          sx={{ minWidth: 160 }}
          onChange={event =>
            setLevel(LEVELS.find(each => each === event.target.value) ?? 'info')
          }
        >
          <MenuItem value="info">{t('history.levels.info')}</MenuItem>
          <MenuItem value="warn">{t('history.levels.warn')}</MenuItem>
          <MenuItem value="error">{t('history.levels.error')}</MenuItem>
        </TextField>
        <FormControlLabel
          control={
            <Switch
              checked={follow}
              onChange={event => setFollow(event.target.checked)}
            />
          }
          label={t('history.follow')}
        />
      </Stack>
      {shown.length < matching.length && (
        <Typography variant="body2" color="text.secondary">
          {t('history.newestOnly', { shown: MAX_ROWS, total: matching.length })}
        </Typography>
      )}
      <Paper
        ref={box}
        variant="outlined"
        role="log"
        aria-label={t('history.log')}
        aria-live="off"
        tabIndex={0}
        sx={{
          height: '55vh',
          overflow: 'auto',
          p: 1.5,
          fontFamily: 'monospace',
          fontSize: '0.8125rem',
        }}
      >
        {shown.length === 0 && <Notice>{t('history.noLine')}</Notice>}
        {shown.map(event => (
          <Box
            key={event.seq}
            sx={{
              display: 'flex',
              gap: 1.5,
              py: 0.125,
            }}
          >
            <Box
              component="span"
              sx={{ color: 'text.secondary', flexShrink: 0 }}
            >
              <TimeText value={event.time} clockOnly />
            </Box>
            <Box component="span" sx={{ width: '3ch', flexShrink: 0 }}>
              {event.taskId}
            </Box>
            {event.level !== 'info' && (
              <Box
                component="span"
                sx={{ color: COLORS[event.level], fontWeight: 700 }}
              >
                {t(`history.mark.${event.level}`)}
              </Box>
            )}
            <Box
              component="span"
              sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
            >
              {event.message}
            </Box>
          </Box>
        ))}
      </Paper>
    </>
  );
}
