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
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { LoadFailure } from '../states/LoadFailure';
import { Notice } from '../states/Notice';
import { DataTable } from '../status/DataTable';
import { PersonName } from '../status/PersonName';
import { Section } from '../status/Section';
import type { Translate } from '../../translation/Translate';

const DAYS = 30;

function timeText(seconds: number | undefined): string {
  return seconds === undefined ? '–' : formatDuration(seconds);
}

function rateText(
  { blindRate, blindApprovals, approved }: DecisionFigures,
  t: Translate,
) {
  return blindRate === undefined
    ? '–'
    : t('approvals.statistics.rate', {
        percent: Math.round(blindRate * 100),
        blind: blindApprovals,
        approved,
      });
}

function Figures(props: { figures: DecisionFigures }) {
  const { t } = useAgenticTranslation();
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
      <TableCell align="right">{rateText(figures, t)}</TableCell>
    </>
  );
}

/** How decisions came about in the last days: so that approving by habit is noticed. */
export function StatisticsCard() {
  const { t } = useAgenticTranslation();
  const api = useApi(agenticApiRef);
  const load = useCallback(() => api.getApprovalStatistics(DAYS), [api]);
  const { value, error, loading, reload } = useLoaded(load);
  return (
    <Section title={t('approvals.statistics.title', { days: DAYS })}>
      {loading && !value && (
        <Skeleton
          variant="rounded"
          height={96}
          role="status"
          aria-label={t('approvals.statistics.loading')}
        />
      )}
      {error && !value && (
        <LoadFailure
          error={error}
          what={t('common.subject.statistics')}
          onRetry={reload}
        />
      )}
      {value && value.all.decisions === 0 && (
        <Notice>{t('approvals.statistics.none')}</Notice>
      )}
      {value && value.all.decisions > 0 && (
        <>
          <DataTable
            label={t('approvals.statistics.label')}
            columns={[
              t('common.who'),
              { title: t('approvals.decide.approved'), numeric: true },
              { title: t('approvals.decide.rejected'), numeric: true },
              { title: t('approvals.statistics.half'), numeric: true },
              { title: t('approvals.statistics.mostOf'), numeric: true },
              { title: t('approvals.statistics.lookedAt'), numeric: true },
              { title: t('approvals.statistics.blind'), numeric: true },
            ]}
          >
            <TableRow>
              <TableCell component="th" scope="row">
                {t('approvals.statistics.everybody')}
              </TableCell>
              <Figures figures={value.all} />
            </TableRow>
            {value.byRole
              .filter(({ decisions }) => decisions > 0)
              .map(figures => (
                <TableRow key={figures.role}>
                  <TableCell component="th" scope="row">
                    {t(`words.role.${figures.role}`)}
                  </TableCell>
                  <Figures figures={figures} />
                </TableRow>
              ))}
            {value.byApprover.map(figures => (
              <TableRow key={`${figures.approver} ${figures.role}`}>
                <TableCell component="th" scope="row">
                  <PersonName entityRef={figures.approver} /> (
                  {t(`inbox.role.${figures.role}`)})
                </TableCell>
                <Figures figures={figures} />
              </TableRow>
            ))}
          </DataTable>
          <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
            {t('approvals.statistics.blindHint', {
              seconds: value.blindSeconds,
            })}{' '}
            {value.overdue > 0 &&
              t('approvals.statistics.overdue', { count: value.overdue })}
          </Typography>
        </>
      )}
    </Section>
  );
}
