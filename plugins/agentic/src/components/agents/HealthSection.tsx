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
  closed: { label: 'Works', tone: 'good' },
  open: { label: 'Not called: it failed', tone: 'bad' },
  half_open: { label: 'Tried again', tone: 'attention' },
};

const CHECKS: Readonly<
  Record<HealthDetails['checks'][number]['status'], Wording>
> = {
  ok: { label: 'Works', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  starting: { label: 'Starting', tone: 'busy' },
};

function DependencyRow({ dependency }: { dependency: DependencyState }) {
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
        {dependency.running} of {limits.concurrency}
      </TableCell>
      <TableCell align="right">
        {dependency.queued} of {limits.queue}
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
            Next try <TimeText value={dependency.nextTryAt} clockOnly />
          </Typography>
        )}
      </TableCell>
    </TableRow>
  );
}

/** What the framework leans on: checks, breakers, and what the machine can do. */
export function HealthSection() {
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
      title="What the agents lean on"
      aside={
        value && (
          <Typography variant="body2" color="text.secondary">
            as {value.process} sees it
          </Typography>
        )
      }
    >
      {loading && !value && <LinearProgress aria-label="Loading the health" />}
      {error && !value && (
        <LoadFailure error={error} what="the health" onRetry={reload} />
      )}
      {error && value && (
        <Alert severity="warning" sx={{ mb: 2 }}>
          This may be out of date: {error.message}
        </Alert>
      )}
      {value && (
        <>
          <DataTable label="Checks" columns={['Check', 'State', 'Details']}>
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
                    {runtime.available ? 'There' : 'Not there'}
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
            label="Dependencies"
            columns={[
              'Dependency',
              'Breaker',
              'Since',
              { title: 'Running', numeric: true },
              { title: 'Queued', numeric: true },
              { title: 'Failures', numeric: true },
              'Last failure',
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
