import type { WorkflowEvent } from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { Notice } from '../states/Notice';
import { ToneIcon, type Tone } from '../status/StatusPill';
import { TimeText } from '../status/TimeText';

const TONES: Readonly<Record<WorkflowEvent['level'], Tone>> = {
  info: 'waiting',
  warn: 'warning',
  error: 'bad',
};

/** What happened, in order, without the chatter of the log. */
export function TimelineSection(props: { events: readonly WorkflowEvent[] }) {
  const { t } = useAgenticTranslation();
  const milestones = props.events.filter(event => event.type !== 'log');
  if (milestones.length === 0) {
    return <Notice>{t('history.nothingHappened')}</Notice>;
  }
  return (
    <Box
      component="ol"
      aria-label={t('history.timeline')}
      sx={{ listStyle: 'none', p: 0, m: 0 }}
    >
      {milestones.map((event, index) => (
        <Box
          component="li"
          key={event.seq}
          sx={{
            display: 'grid',
            gridTemplateColumns: 'auto 20px 1fr',
            columnGap: 1.5,
          }}
        >
          <Typography variant="body2" color="text.secondary">
            <TimeText value={event.time} clockOnly />
          </Typography>
          <Box
            sx={{
              display: 'flex',
              flexDirection: 'column',
              alignItems: 'center',
            }}
          >
            <ToneIcon tone={TONES[event.level]} />
            {index < milestones.length - 1 && (
              <Box
                sx={{
                  width: 2,
                  flexGrow: 1,
                  minHeight: 14,
                  bgcolor: 'divider',
                }}
              />
            )}
          </Box>
          <Box sx={{ pb: 1.5 }}>
            <Typography component="div">{event.message}</Typography>
            <Typography variant="body2" color="text.secondary">
              {t(`words.event.${event.type}`)}
              {event.taskId && ` · ${event.taskId}`}
            </Typography>
          </Box>
        </Box>
      ))}
    </Box>
  );
}
