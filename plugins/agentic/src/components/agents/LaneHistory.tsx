import type { LaneChange } from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { PersonName } from '../status/PersonName';
import { TimeText } from '../status/TimeText';
import { LANE_LABELS } from './laneLabels';

/** How an agent came by its lane, newest change first. */
export function LaneHistory(props: { changes: readonly LaneChange[] }) {
  if (props.changes.length === 0) {
    return null;
  }
  return (
    <>
      <Typography component="h4" variant="subtitle2" sx={{ mt: 2 }}>
        Changes so far
      </Typography>
      <Box component="ul" sx={{ pl: 2.5, my: 0.5, overflowWrap: 'anywhere' }}>
        {props.changes.map(change => (
          <li key={change.seq}>
            <TimeText value={change.at} />, {LANE_LABELS[change.from]} to{' '}
            {LANE_LABELS[change.to]}, by{' '}
            <PersonName entityRef={change.changedBy} />: {change.reason}
            {change.evidence && <> Seen: {change.evidence.seen}</>}
          </li>
        ))}
      </Box>
    </>
  );
}
