import type {
  BreakerState,
  DependencyState,
  HealthDetails,
} from '@agentic-backstage/plugin-agentic-common';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import LinearProgress from '@mui/material/LinearProgress';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useCallback, useEffect } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useLoaded } from '../../live/useLoaded';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { LoadFailure } from '../states/LoadFailure';
import { DataTable } from '../status/DataTable';
import { Section } from '../status/Section';
import { StatusPill } from '../status/StatusPill';
import { TimeText } from '../status/TimeText';
import { WordedPill } from '../status/WordedPill';
import { OperationsFigures } from './OperationsFigures';
import type { Wording } from '../status/wording';
import { FailoverTable } from './FailoverTable';

const POLL_MS = 10_000;

const BREAKERS: Readonly<Record<BreakerState, Wording>> = {
  closed: { label: 'words.breaker.closed', tone: 'good' },
  open: { label: 'words.breaker.open', tone: 'bad' },
  half_open: { label: 'words.breaker.half_open', tone: 'attention' },
};

const CHECKS: Readonly<
  Record<HealthDetails['checks'][number]['status'], Wording>
> = {
  ok: { label: 'words.check.ok', tone: 'good' },
  failed: { label: 'words.check.failed', tone: 'bad' },
  starting: { label: 'words.check.starting', tone: 'busy' },
};

function DependencyRow({ dependency }: { dependency: DependencyState }) {
  const { t } = useAgenticTranslation();
  const { limits, lastFailure } = dependency;
  return (
    <TableRow sx={{ verticalAlign: 'top' }}>
      <TableCell component="th" scope="row">
        <code>{dependency.id}</code>
      </TableCell>
      <TableCell>
        <WordedPill wordings={BREAKERS} state={dependency.breaker} />
      </TableCell>
      <TableCell>
        <TimeText value={dependency.since} />
      </TableCell>
      <TableCell align="right">
        {t('common.ofTotal', {
          part: dependency.running,
          total: limits.concurrency,
        })}
      </TableCell>
      <TableCell align="right">
        {t('common.ofTotal', { part: dependency.queued, total: limits.queue })}
      </TableCell>
      <TableCell align="right">{dependency.failures}</TableCell>
      <TableCell sx={{ overflowWrap: 'anywhere' }}>
        {lastFailure && (
          <>
            <TimeText value={lastFailure.at} />: {lastFailure.message}
          </>
        )}
        {dependency.nextTryAt && (
          <Typography variant="body2" color="text.secondary">
            {t('agents.health.nextTry', {
              time: <TimeText value={dependency.nextTryAt} clockOnly />,
            })}
          </Typography>
        )}
      </TableCell>
    </TableRow>
  );
}

/** What the framework leans on: checks, breakers, and what the machine can do. */
export function HealthSection() {
  const { t } = useAgenticTranslation();
  const api = useApi(agenticApiRef);
  const load = useCallback(() => api.getHealthDetails(), [api]);
  const { value, error, loading, reload } = useLoaded(load);

  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') {
        reload();
      }
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [reload]);

  return (
    <Section
      title={t('agents.health.title')}
      aside={
        value && (
          <Typography variant="body2" color="text.secondary">
            {t('agents.health.seenBy', { process: value.process })}
          </Typography>
        )
      }
    >
      {loading && !value && (
        <LinearProgress aria-label={t('agents.health.loading')} />
      )}
      {error && !value && (
        <LoadFailure
          error={error}
          what={t('common.subject.health')}
          onRetry={reload}
        />
      )}
      {error && value && (
        <Alert severity="warning" sx={{ mb: 2 }}>
          {t('common.mayBeOutOfDate', { problem: error.message })}
        </Alert>
      )}
      {value && (
        <>
          <DataTable
            label={t('agents.health.checks')}
            columns={[
              t('agents.health.check'),
              t('common.state'),
              t('agents.health.details'),
            ]}
          >
            {value.checks.map(check => (
              <TableRow key={check.id}>
                <TableCell component="th" scope="row">
                  {check.id}
                </TableCell>
                <TableCell>
                  <WordedPill wordings={CHECKS} state={check.status} />
                </TableCell>
                <TableCell>{check.message}</TableCell>
              </TableRow>
            ))}
            {value.runtimes.map(runtime => (
              <TableRow key={runtime.id}>
                <TableCell component="th" scope="row">
                  {runtime.id}
                </TableCell>
                <TableCell>
                  <StatusPill tone={runtime.available ? 'good' : 'warning'}>
                    {runtime.available
                      ? t('agents.health.there')
                      : t('agents.health.notThere')}
                  </StatusPill>
                </TableCell>
                <TableCell>{runtime.detail}</TableCell>
              </TableRow>
            ))}
          </DataTable>
          {value.operations && (
            <OperationsFigures operations={value.operations} />
          )}
          <DataTable
            label={t('agents.health.dependencies')}
            columns={[
              t('agents.health.dependency'),
              t('agents.health.breaker'),
              t('agents.failover.since'),
              { title: t('agents.health.running'), numeric: true },
              { title: t('agents.health.queued'), numeric: true },
              { title: t('agents.health.failures'), numeric: true },
              t('agents.health.lastFailure'),
            ]}
          >
            {value.dependencies.map(dependency => (
              <DependencyRow key={dependency.id} dependency={dependency} />
            ))}
          </DataTable>
          <FailoverTable failovers={value.failovers} />
        </>
      )}
    </Section>
  );
}
