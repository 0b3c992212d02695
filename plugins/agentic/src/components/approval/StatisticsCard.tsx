import {
  formatDuration,
  type DecisionFigures,
} from '@agentic-backstage/plugin-agentic-common';
import { useApi } from '@backstage/frontend-plugin-api';
import Skeleton from '@mui/material/Skeleton';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useCallback } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useLoaded } from '../../live/useLoaded';
import { LoadFailure } from '../states/LoadFailure';
import { Notice } from '../states/Notice';
import { DataTable } from '../status/DataTable';
import { PersonName } from '../status/PersonName';
import { Section } from '../status/Section';
import { ROLE_LABELS } from './approvalRules';

const DAYS = 30;

function timeText(seconds: number | undefined): string {
  return seconds === undefined ? '–' : formatDuration(seconds);
}

function rateText({ blindRate, blindApprovals, approved }: DecisionFigures) {
  return blindRate === undefined
    ? '–'
    : `${Math.round(blindRate * 100)} % (${blindApprovals} of ${approved})`;
}

function Figures(props: { figures: DecisionFigures }) {
  const { figures } = props;
  return (
    <>
      <TableCell align="right">{figures.approved}</TableCell>
      <TableCell align="right">{figures.rejected}</TableCell>
      <TableCell align="right">
        {timeText(figures.medianSecondsToDecide)}
      </TableCell>
      <TableCell align="right">
        {timeText(figures.p90SecondsToDecide)}
      </TableCell>
      <TableCell align="right">
        {timeText(figures.medianSecondsLookedAt)}
      </TableCell>
      <TableCell align="right">{rateText(figures)}</TableCell>
    </>
  );
}

/** How decisions came about in the last days: so that approving by habit is noticed. */
export function StatisticsCard() {
  const api = useApi(agenticApiRef);
  const load = useCallback(() => api.getApprovalStatistics(DAYS), [api]);
  const { value, error, loading, reload } = useLoaded(load);
  return (
    <Section title={`Decisions of the last ${DAYS} days`}>
      {loading && !value && (
        <Skeleton
          variant="rounded"
          height={96}
          role="status"
          aria-label="Loading how decisions came about"
        />
      )}
      {error && !value && (
        <LoadFailure error={error} what="the statistics" onRetry={reload} />
      )}
      {value && value.all.decisions === 0 && (
        <Notice>Nobody has decided anything in this time.</Notice>
      )}
      {value && value.all.decisions > 0 && (
        <>
          <DataTable
            label="Statistics of decisions"
            columns={[
              'Who',
              { title: 'Approved', numeric: true },
              { title: 'Rejected', numeric: true },
              { title: 'Half decided within', numeric: true },
              { title: '9 of 10 within', numeric: true },
              { title: 'Looked at for', numeric: true },
              { title: 'Blind approvals', numeric: true },
            ]}
          >
            <TableRow>
              <TableCell component="th" scope="row">
                Everybody
              </TableCell>
              <Figures figures={value.all} />
            </TableRow>
            {value.byRole
              .filter(({ decisions }) => decisions > 0)
              .map(figures => (
                <TableRow key={figures.role}>
                  <TableCell component="th" scope="row">
                    {ROLE_LABELS[figures.role]}
                  </TableCell>
                  <Figures figures={figures} />
                </TableRow>
              ))}
            {value.byApprover.map(figures => (
              <TableRow key={`${figures.approver} ${figures.role}`}>
                <TableCell component="th" scope="row">
                  <PersonName entityRef={figures.approver} /> (
                  {ROLE_LABELS[figures.role].toLocaleLowerCase()})
                </TableCell>
                <Figures figures={figures} />
              </TableRow>
            ))}
          </DataTable>
          <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
            Blind: approved without having the details on the screen, or sooner
            than {value.blindSeconds} s after the first view.
            {value.overdue > 0 &&
              ` ${value.overdue} open ${
                value.overdue === 1 ? 'approval waits' : 'approvals wait'
              } longer than they should.`}
          </Typography>
        </>
      )}
    </Section>
  );
}
