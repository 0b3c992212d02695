import { Content } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import LinearProgress from '@mui/material/LinearProgress';
import { useCallback } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useKillSwitch } from '../../live/useKillSwitch';
import { useLoaded } from '../../live/useLoaded';
import { useRefreshOnNews } from '../../live/useRefreshOnNews';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { IncidentBanner } from '../incidents/IncidentBanner';
import { LoadFailure } from '../states/LoadFailure';
import { AgentTable } from './AgentTable';
import { HealthSection } from './HealthSection';
import { StopHistory } from './StopHistory';

/** Every agent with what it may do and whether it may do it now, stop and release, and what the agents lean on. */
export function AgentsPage() {
  const { t } = useAgenticTranslation();
  const api = useApi(agenticApiRef);
  const load = useCallback(() => api.listAgents(), [api]);
  const agents = useLoaded(load);
  const killSwitch = useKillSwitch();
  const reloadAgents = agents.reload;
  const reloadStops = killSwitch.reload;
  const reload = useCallback(() => {
    reloadAgents();
    reloadStops();
  }, [reloadAgents, reloadStops]);
  useRefreshOnNews(reloadAgents);

  return (
    <Content>
      <IncidentBanner />
      {agents.loading && !agents.value && (
        <LinearProgress aria-label={t('agents.loading')} />
      )}
      {agents.error && !agents.value && (
        <LoadFailure
          error={agents.error}
          what={t('common.subject.agents')}
          onRetry={reload}
        />
      )}
      {agents.error && agents.value && (
        <Alert severity="warning" sx={{ mb: 2 }}>
          {t('common.listOutOfDate', { problem: agents.error.message })}
        </Alert>
      )}
      {agents.value && (
        <>
          <AgentTable
            agents={agents.value}
            engaged={killSwitch.value?.engaged ?? []}
            onChanged={reload}
          />
          <HealthSection />
          <StopHistory released={killSwitch.value?.released ?? []} />
        </>
      )}
    </Content>
  );
}
