import { incidentReadPermission } from '@agentic-backstage/plugin-agentic-common';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import Alert from '@mui/material/Alert';
import { useCallback } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useLoaded } from '../../live/useLoaded';
import { useReloadEvery } from '../../live/useReloadEvery';
import { incidentsRouteRef } from '../../routes';
import { LinkOrText } from '../status/LinkOrText';

const POLL_MS = 15_000;

function Unresolved() {
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
  return (
    <Alert severity={open > 0 ? 'error' : 'warning'} sx={{ mb: 2 }}>
      <LinkOrText to={incidentsLink?.()}>
        {all === 1 ? '1 incident is' : `${all} incidents are`} not resolved
      </LinkOrText>
      {open > 0 && `, ${open} of them taken by nobody`}
    </Alert>
  );
}

/** Says how many incidents are not resolved, with the way there. Nothing while there is none, or for who may not see them. */
export function IncidentBanner() {
  const { allowed } = usePermission({ permission: incidentReadPermission });
  return allowed ? <Unresolved /> : null;
}
