import {
  formatDuration,
  type OperationsHealth,
} from '@agentic-backstage/plugin-agentic-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { FactList } from '../status/FactList';
import type { Translate } from '../../translation/Translate';

function waiting(total: number, oldestSeconds: number, t: Translate): string {
  return oldestSeconds > 0
    ? t('agents.figure.waitingSince', {
        total,
        duration: formatDuration(oldestSeconds),
      })
    : t('agents.figure.waiting', { total });
}

/** What those who run the portal look at first: figures of the database, and what the doctor would put right. */
export function OperationsFigures(props: { operations: OperationsHealth }) {
  const { t } = useAgenticTranslation();
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
          [t('agents.figure.processes'), String(replicas)],
          [t('agents.figure.runs'), String(engineRuns)],
          [
            t('agents.figure.outbox'),
            t('agents.figure.givenUp', {
              waiting: waiting(outbox.pending, outbox.oldestSeconds, t),
              dead: outbox.dead,
            }),
          ],
          [
            t('agents.figure.approvals'),
            waiting(approvals.open, approvals.oldestSeconds, t),
          ],
          [
            t('agents.figure.sweep'),
            sweeper
              ? t('agents.figure.swept', {
                  duration: formatDuration(sweeper.secondsAgo),
                  outcomes:
                    Object.entries(sweeper.outcomes)
                      .map(([outcome, count]) => `${count} ${outcome}`)
                      .join(', ') || t('agents.figure.nothingToDo'),
                })
              : t('agents.figure.neverSwept'),
          ],
        ]}
      />
    </Box>
  );
}
