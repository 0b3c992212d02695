import type { SweepRun } from '@agentic-backstage/plugin-agentic-common';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { Notice } from '../states/Notice';
import { DataTable } from '../status/DataTable';
import { PersonName } from '../status/PersonName';
import { Section } from '../status/Section';
import { StatusPill } from '../status/StatusPill';
import { TimeText } from '../status/TimeText';
import { WordedPill } from '../status/WordedPill';
import { SWEEP_OUTCOMES } from './sweepWords';

function countText(run: SweepRun): string {
  const count = (outcome: string) =>
    run.items.filter(item => item.outcome === outcome).length;
  const failed = count('failed');
  return [
    `${count('removed')} of ${run.items.length} removed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
  ].join(', ');
}

/** What was swept, by whom, and what became of each thing. */
export function SweepRunList(props: { runs: readonly SweepRun[] }) {
  return (
    <Section title="Last sweeps">
      {props.runs.length === 0 && <Notice>Nothing was swept yet.</Notice>}
      {props.runs.map(run => (
        <details key={run.sweepId} open={run.status === 'running'}>
          <summary>
            <Typography component="span">
              <TimeText value={run.startedAt} />, by{' '}
              {run.startedBy === 'system' ? (
                'the schedule'
              ) : (
                <PersonName entityRef={run.startedBy} />
              )}
              : {countText(run)}{' '}
            </Typography>
            {run.status === 'running' && (
              <StatusPill tone="busy">Under way</StatusPill>
            )}
          </summary>
          <DataTable
            label={`Sweep ${run.sweepId}`}
            columns={['What', 'Outcome', 'What was seen']}
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
