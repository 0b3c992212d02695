import type { SweepRun } from '@agentic-backstage/plugin-agentic-common';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { Notice } from '../states/Notice';
import { DataTable } from '../status/DataTable';
import { PersonName } from '../status/PersonName';
import { Section } from '../status/Section';
import { StatusPill } from '../status/StatusPill';
import { TimeText } from '../status/TimeText';
import { WordedPill } from '../status/WordedPill';
import { SWEEP_OUTCOMES } from './sweepWords';
import type { Translate } from '../../translation/Translate';

function countText(run: SweepRun, t: Translate): string {
  const count = (outcome: string) =>
    run.items.filter(item => item.outcome === outcome).length;
  const failed = count('failed');
  const removed = count('removed');
  const total = run.items.length;
  return failed > 0
    ? t('operations.sweep.removedFailed', { removed, total, failed })
    : t('operations.sweep.removed', { removed, total });
}

/** What was swept, by whom, and what became of each thing. */
export function SweepRunList(props: { runs: readonly SweepRun[] }) {
  const { t } = useAgenticTranslation();
  return (
    <Section title={t('operations.sweep.title')}>
      {props.runs.length === 0 && <Notice>{t('operations.sweep.none')}</Notice>}
      {props.runs.map(run => (
        <details key={run.sweepId} open={run.status === 'running'}>
          <summary>
            <Typography component="span">
              {t('operations.sweep.line', {
                time: <TimeText value={run.startedAt} />,
                person:
                  run.startedBy === 'system' ? (
                    <>{t('operations.sweep.schedule')}</>
                  ) : (
                    <PersonName entityRef={run.startedBy} />
                  ),
                outcome: countText(run, t),
              })}{' '}
            </Typography>
            {run.status === 'running' && (
              <StatusPill tone="busy">
                {t('operations.sweep.underWay')}
              </StatusPill>
            )}
          </summary>
          <DataTable
            label={t('operations.sweep.label', { id: run.sweepId })}
            columns={[
              t('common.what'),
              t('operations.sweep.outcome'),
              t('operations.stuck.seen'),
            ]}
          >
            {run.items.map(item => (
              <TableRow key={`${item.task} ${item.id}`}>
                <TableCell>{item.title}</TableCell>
                <TableCell>
                  <WordedPill wordings={SWEEP_OUTCOMES} state={item.outcome} />
                </TableCell>
                <TableCell>{item.evidence}</TableCell>
              </TableRow>
            ))}
          </DataTable>
        </details>
      ))}
    </Section>
  );
}
