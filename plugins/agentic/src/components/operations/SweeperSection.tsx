import {
  sweeperRunPermission,
  type SweepReport,
} from '@agentic-backstage/plugin-agentic-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import { useCallback, useEffect, useState } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useLoaded } from '../../live/useLoaded';
import { LoadFailure } from '../states/LoadFailure';
import { Notice } from '../states/Notice';
import { ReasonDialog } from '../states/ReasonDialog';
import { Section } from '../status/Section';
import { StuckEffectsTable } from './StuckEffectsTable';
import { SweepReportView } from './SweepReportView';
import { SweepRunList } from './SweepRunList';

const POLL_MS = 2000;

/** The sweeper: look what could go, read the report, have exactly that removed, see what became of it. */
export function SweeperSection() {
  const api = useApi(agenticApiRef);
  const { allowed } = usePermission({ permission: sweeperRunPermission });
  const [report, setReport] = useState<SweepReport>();
  const [looking, setLooking] = useState(false);
  const [problem, setProblem] = useState<Error>();
  const [confirming, setConfirming] = useState(false);
  const load = useCallback(() => api.listSweeps(), [api]);
  const { value: runs, error, reload } = useLoaded(load);
  const underWay = runs?.some(run => run.status === 'running') ?? false;

  useEffect(() => {
    if (!underWay) return undefined;
    const timer = setInterval(reload, POLL_MS);
    return () => clearInterval(timer);
  }, [underWay, reload]);

  const look = async () => {
    setLooking(true);
    setProblem(undefined);
    try {
      setReport(await api.reportSweep());
    } catch (failure) {
      setProblem(failure as Error);
    } finally {
      setLooking(false);
    }
  };

  const remove = async (found: SweepReport, reason: string) => {
    await api.runSweep(found.reportDigest, reason);
    setReport(undefined);
    reload();
  };

  if (error && !runs) {
    return <LoadFailure error={error} what="the sweeper" onRetry={reload} />;
  }
  const count = report?.items.length ?? 0;
  return (
    <>
      <Section
        title="Clean up"
        aside={
          <Stack direction="row" spacing={1}>
            <Button variant="outlined" onClick={look} disabled={looking}>
              Look what could go
            </Button>
            {report && count > 0 && allowed && (
              <Button
                variant="contained"
                color="error"
                disabled={underWay}
                onClick={() => setConfirming(true)}
              >
                {count === 1 ? 'Remove this one' : `Remove these ${count}`}
              </Button>
            )}
          </Stack>
        }
      >
        {looking && <LinearProgress aria-label="Looking what could go" />}
        {problem && (
          <Alert severity="error">
            The sweeper could not look: {problem.message}
          </Alert>
        )}
        {report ? (
          <SweepReportView report={report} />
        ) : (
          <Notice>
            Look first: a report says exactly what would go and why. Nothing is
            removed until somebody confirms that report.
          </Notice>
        )}
        {report && count > 0 && !allowed && (
          <Notice>
            You may read the report; removing takes the permission to run the
            sweeper.
          </Notice>
        )}
      </Section>
      {report && report.stuckEffects.length > 0 && (
        <StuckEffectsTable effects={report.stuckEffects} onUndone={look} />
      )}
      <SweepRunList runs={runs ?? []} />
      {report && confirming && (
        <ReasonDialog
          title={
            count === 1 ? 'Remove this thing?' : `Remove these ${count} things?`
          }
          explanation="Exactly what the report lists is removed, and each thing is put on record. If anything has changed since, nothing is removed."
          confirmLabel="Remove"
          destructive
          onConfirm={reason => remove(report, reason)}
          onClose={() => setConfirming(false)}
        />
      )}
    </>
  );
}
