import type { IncidentDetails } from '@agentic-backstage/plugin-agentic-common';
import { Content, Progress } from '@backstage/core-components';
import {
  BreadcrumbEntry,
  useApi,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useCallback } from 'react';
import { useLocation, useParams } from 'react-router-dom';
import { agenticApiRef } from '../../api/AgenticApi';
import { useLoaded } from '../../live/useLoaded';
import { useReloadEvery } from '../../live/useReloadEvery';
import { agentsRouteRef, workflowRouteRef } from '../../routes';
import { LoadFailure } from '../states/LoadFailure';
import { FactList } from '../status/FactList';
import { LinkOrText } from '../status/LinkOrText';
import { PersonName } from '../status/PersonName';
import { Section } from '../status/Section';
import { TimeText } from '../status/TimeText';
import { WordedPill } from '../status/WordedPill';
import { IncidentActions } from './IncidentActions';
import { IncidentTimeline } from './IncidentTimeline';
import { INCIDENT_STATES, SEVERITIES, SOURCES } from './incidentWords';
import { useMayManageIncidents } from './useMayManageIncidents';

const POLL_MS = 15_000;

function people(refs: readonly string[]) {
  return refs.length === 0
    ? undefined
    : refs.map((ref, index) => (
        <span key={ref}>
          {index > 0 && ', '}
          <PersonName entityRef={ref} />
        </span>
      ));
}

function IncidentFacts({ incident }: { incident: IncidentDetails }) {
  const workflowLink = useRouteRef(workflowRouteRef);
  const agentsLink = useRouteRef(agentsRouteRef);
  const { links, commander, nextEscalationAt } = incident;
  const { workflowId, dependency, agent } = links;
  return (
    <FactList
      facts={[
        ['What', SOURCES[incident.source]],
        ['Service', incident.serviceName],
        ['Environment', incident.environment],
        [
          'Workflow',
          workflowId && (
            <LinkOrText to={workflowLink?.({ workflowId })}>
              {workflowId}
            </LinkOrText>
          ),
        ],
        ['Task', links.taskId],
        ['Effect', links.effectId],
        ['Deployment', links.deploymentId],
        [
          'Dependency',
          dependency && (
            <LinkOrText to={agentsLink?.()}>{dependency}</LinkOrText>
          ),
        ],
        [
          'Agent',
          agent && <LinkOrText to={agentsLink?.()}>{agent}</LinkOrText>,
        ],
        ['Opened', <TimeText value={incident.openedAt} />],
        [
          'Last seen',
          <>
            <TimeText value={incident.lastSeenAt} />, {incident.occurrences}×
            {incident.reopened > 0 && `, opened again ${incident.reopened}×`}
          </>,
        ],
        [
          'Led by',
          commander ? <PersonName entityRef={commander} /> : 'nobody yet',
        ],
        ['Helped by', people(incident.responders)],
        ['Told so far', people(incident.escalatedTo)],
        [
          'Next ones are told',
          nextEscalationAt && <TimeText value={nextEscalationAt} />,
        ],
        ['Resolution', incident.resolution],
      ]}
    />
  );
}

/** One incident: what is known, what the reader can do, and all that happened. */
export function IncidentPage() {
  const { incidentId = '' } = useParams();
  const { pathname } = useLocation();
  const api = useApi(agenticApiRef);
  const load = useCallback(
    () => api.getIncident(incidentId),
    [api, incidentId],
  );
  const { value: incident, error, reload } = useLoaded(load);
  const mayManage = useMayManageIncidents();
  useReloadEvery(POLL_MS, reload);

  if (!incident) {
    return (
      <Content>
        {error ? (
          <LoadFailure error={error} what="this incident" onRetry={reload} />
        ) : (
          <Progress />
        )}
      </Content>
    );
  }
  return (
    <BreadcrumbEntry entry={{ label: incident.title, href: pathname }}>
      <Content>
        {error && (
          <Alert severity="warning" sx={{ mb: 2 }}>
            This may be out of date: {error.message}
          </Alert>
        )}
        <Stack
          direction="row"
          spacing={1}
          useFlexGap
          flexWrap="wrap"
          alignItems="center"
          sx={{ mb: 2 }}
        >
          <Typography component="h2" variant="h5">
            {incident.title}
          </Typography>
          <WordedPill wordings={SEVERITIES} state={incident.severity} />
          <WordedPill wordings={INCIDENT_STATES} state={incident.status} />
        </Stack>
        <Section title="What is known">
          <IncidentFacts incident={incident} />
        </Section>
        {mayManage && (
          <Section title="What to do">
            <IncidentActions incident={incident} onChanged={reload} />
          </Section>
        )}
        <Section title="What happened">
          <IncidentTimeline entries={incident.timeline} />
        </Section>
      </Content>
    </BreadcrumbEntry>
  );
}
