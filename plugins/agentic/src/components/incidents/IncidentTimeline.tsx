import type { IncidentEntry } from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { PersonName } from '../status/PersonName';
import { ToneIcon } from '../status/StatusPill';
import { TimeText } from '../status/TimeText';
import { ENTRY_KINDS } from './incidentWords';

/** All that happened to an incident, oldest first. */
export function IncidentTimeline(props: { entries: readonly IncidentEntry[] }) {
  const { t } = useAgenticTranslation();
  return (
    <Box
      component="ol"
      aria-label={t('incidents.timeline')}
      sx={{ listStyle: 'none', p: 0, m: 0 }}
    >
      {props.entries.map(({ entryId, at, kind, actor, text }) => (
        <Box
          component="li"
          key={entryId}
          sx={{
            display: 'grid',
            gridTemplateColumns: '20px 1fr',
            columnGap: 1.5,
            pb: 1.5,
          }}
        >
          <Box sx={{ pt: 0.25 }}>
            <ToneIcon tone={ENTRY_KINDS[kind].tone} />
          </Box>
          <Box>
            <Typography variant="body2" color="text.secondary">
              {t('incidents.entry', {
                kind: t(ENTRY_KINDS[kind].label),
                person: <PersonName entityRef={actor} />,
                time: <TimeText value={at} />,
              })}
            </Typography>
            <Typography
              component="div"
              sx={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}
            >
              {text}
            </Typography>
          </Box>
        </Box>
      ))}
    </Box>
  );
}
