import { incidentReadPermission } from '@agentic-backstage/plugin-agentic-common';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import Alert from '@mui/material/Alert';
import { useCallback } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useLoaded } from '../../live/useLoaded';
import { useReloadEvery } from '../../live/useReloadEvery';
import { incidentsRouteRef } from '../../routes';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { LinkOrText } from '../status/LinkOrText';

const POLL_MS = 15_000;

function Unresolved() {
  const { t } = useAgenticTranslation();
  const api = useApi(agenticApiRef);
  const load = useCallback(
    () => api.listIncidents({ status: 'unresolved', limit: 1 }),
    [api],
  );
  const { value, reload } = useLoaded(load);
  const incidentsLink = useRouteRef(incidentsRouteRef);
  useReloadEvery(POLL_MS, reload);
  if (!value) {
    return null;
  }
  const { open, acknowledged, mitigated } = value.unresolved;
  const all = open + acknowledged + mitigated;
  if (all === 0) {
    return null;
  }
  const incidents = (
    <LinkOrText to={incidentsLink?.()}>
      {t('incidents.unresolved', { count: all })}
    </LinkOrText>
  );
  return (
    <Alert severity={open > 0 ? 'error' : 'warning'} sx={{ mb: 2 }}>
      {open > 0 ? t('incidents.takenByNobody', { incidents, open }) : incidents}
    </Alert>
  );
}

/** Says how many incidents are not resolved, with the way there. Nothing while there is none, or for who may not see them. */
export function IncidentBanner() {
  const { allowed } = usePermission({ permission: incidentReadPermission });
  return allowed ? <Unresolved /> : null;
}
