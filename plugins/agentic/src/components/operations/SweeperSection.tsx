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
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
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
  const { t } = useAgenticTranslation();
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
    return (
      <LoadFailure
        error={error}
        what={t('common.subject.sweeper')}
        onRetry={reload}
      />
    );
  }
  const count = report?.items.length ?? 0;
  return (
    <>
      <Section
        title={t('operations.cleanUp')}
        aside={
          <Stack direction="row" spacing={1}>
            <Button variant="outlined" onClick={look} disabled={looking}>
              {t('operations.look')}
            </Button>
            {report && count > 0 && allowed && (
              <Button
                variant="contained"
                color="error"
                disabled={underWay}
                onClick={() => setConfirming(true)}
              >
                {t('operations.remove', { count })}
              </Button>
            )}
          </Stack>
        }
      >
        {looking && <LinearProgress aria-label={t('operations.looking')} />}
        {problem && (
          <Alert severity="error">
            {t('operations.lookFailed', { problem: problem.message })}
          </Alert>
        )}
        {report ? (
          <SweepReportView report={report} />
        ) : (
          <Notice>{t('operations.lookFirst')}</Notice>
        )}
        {report && count > 0 && !allowed && (
          <Notice>{t('operations.mayOnlyRead')}</Notice>
        )}
      </Section>
      {report && report.stuckEffects.length > 0 && (
        <StuckEffectsTable effects={report.stuckEffects} onUndone={look} />
      )}
      <SweepRunList runs={runs ?? []} />
      {report && confirming && (
        <ReasonDialog
          title={t('operations.askRemove', { count })}
          explanation={t('operations.removeHint')}
          confirmLabel={t('operations.confirmRemove')}
          destructive
          onConfirm={reason => remove(report, reason)}
          onClose={() => setConfirming(false)}
        />
      )}
    </>
  );
}
