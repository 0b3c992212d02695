import type { LaneChange } from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { PersonName } from '../status/PersonName';
import { TimeText } from '../status/TimeText';

/** How an agent came by its lane, newest change first. */
export function LaneHistory(props: { changes: readonly LaneChange[] }) {
  const { t } = useAgenticTranslation();
  if (props.changes.length === 0) {
    return null;
  }
  return (
    <>
      <Typography component="h4" variant="subtitle2" sx={{ mt: 2 }}>
        {t('agents.lane.history')}
      </Typography>
      <Box component="ul" sx={{ pl: 2.5, my: 0.5, overflowWrap: 'anywhere' }}>
        {props.changes.map(change => (
          <li key={change.seq}>
            {t('agents.lane.changed', {
              time: <TimeText value={change.at} />,
              from: t(`words.lane.${change.from}`),
              to: t(`words.lane.${change.to}`),
              person: <PersonName entityRef={change.changedBy} />,
              reason: change.reason,
            })}{' '}
            {change.evidence &&
              t('agents.lane.evidence', { seen: change.evidence.seen })}
          </li>
        ))}
      </Box>
    </>
  );
}
