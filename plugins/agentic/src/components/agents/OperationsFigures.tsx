import {
  formatDuration,
  type OperationsHealth,
} from '@agentic-backstage/plugin-agentic-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { FactList } from '../status/FactList';

function age(seconds: number): string {
  return seconds > 0 ? `, the oldest for ${formatDuration(seconds)}` : '';
}

/** What those who run the portal look at first: figures of the database, and what the doctor would put right. */
export function OperationsFigures(props: { operations: OperationsHealth }) {
  const { replicas, engineRuns, outbox, approvals, sweeper, advice } =
    props.operations;
  return (
    <Box sx={{ my: 2 }}>
      {advice.map(({ id, level, found, remedy }) => (
        <Alert key={`${id} ${found}`} severity={level} sx={{ mb: 1 }}>
          {found}
          {remedy && <div>{remedy}</div>}
        </Alert>
      ))}
      <FactList
        facts={[
          ['Processes', String(replicas)],
          ['Runs in the engine', String(engineRuns)],
          [
            'Events and notifications',
            `${outbox.pending} wait${age(outbox.oldestSeconds)}; ${
              outbox.dead
            } were given up`,
          ],
          [
            'Approvals',
            `${approvals.open} wait${age(approvals.oldestSeconds)}`,
          ],
          [
            'Latest sweep',
            sweeper
              ? `${formatDuration(sweeper.secondsAgo)} ago: ${
                  Object.entries(sweeper.outcomes)
                    .map(([outcome, count]) => `${count} ${outcome}`)
                    .join(', ') || 'nothing to do'
                }`
              : 'none so far',
          ],
        ]}
      />
    </Box>
  );
}
