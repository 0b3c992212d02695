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
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { LoadFailure } from '../states/LoadFailure';
import { FactList } from '../status/FactList';
import { LinkOrText } from '../status/LinkOrText';
import { PersonName } from '../status/PersonName';
import { Section } from '../status/Section';
import { TimeText } from '../status/TimeText';
import { WordedPill } from '../status/WordedPill';
import { IncidentActions } from './IncidentActions';
import { IncidentTimeline } from './IncidentTimeline';
import { INCIDENT_STATES, SEVERITIES } from './incidentWords';
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
  const { t } = useAgenticTranslation();
  const workflowLink = useRouteRef(workflowRouteRef);
  const agentsLink = useRouteRef(agentsRouteRef);
  const { links, commander, nextEscalationAt } = incident;
  const { workflowId, dependency, agent } = links;
  return (
    <FactList
      facts={[
        [t('common.what'), t(`words.incidentSource.${incident.source}`)],
        [t('common.service'), incident.serviceName],
        [t('common.environment'), incident.environment],
        [
          t('common.workflow'),
          workflowId && (
            <LinkOrText to={workflowLink?.({ workflowId })}>
              {workflowId}
            </LinkOrText>
          ),
        ],
        [t('common.task'), links.taskId],
        [t('incidents.fact.effect'), links.effectId],
        [t('incidents.fact.deployment'), links.deploymentId],
        [
          t('incidents.fact.dependency'),
          dependency && (
            <LinkOrText to={agentsLink?.()}>{dependency}</LinkOrText>
          ),
        ],
        [
          t('common.agent'),
          agent && <LinkOrText to={agentsLink?.()}>{agent}</LinkOrText>,
        ],
        [t('incidents.fact.opened'), <TimeText value={incident.openedAt} />],
        [
          t('incidents.fact.lastSeen'),
          incident.reopened > 0
            ? t('incidents.seenReopened', {
                time: <TimeText value={incident.lastSeenAt} />,
                times: incident.occurrences,
                reopened: incident.reopened,
              })
            : t('incidents.seen', {
                time: <TimeText value={incident.lastSeenAt} />,
                times: incident.occurrences,
              }),
        ],
        [
          t('incidents.fact.ledBy'),
          commander ? (
            <PersonName entityRef={commander} />
          ) : (
            t('common.nobodyYet')
          ),
        ],
        [t('incidents.fact.helpedBy'), people(incident.responders)],
        [t('incidents.fact.told'), people(incident.escalatedTo)],
        [
          t('incidents.fact.nextTold'),
          nextEscalationAt && <TimeText value={nextEscalationAt} />,
        ],
        [t('incidents.fact.resolution'), incident.resolution],
      ]}
    />
  );
}

/** One incident: what is known, what the reader can do, and all that happened. */
export function IncidentPage() {
  const { t } = useAgenticTranslation();
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
          <LoadFailure
            error={error}
            what={t('common.subject.incident')}
            onRetry={reload}
          />
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
            {t('common.mayBeOutOfDate', { problem: error.message })}
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
        <Section title={t('incidents.known')}>
          <IncidentFacts incident={incident} />
        </Section>
        {mayManage && (
          <Section title={t('incidents.toDo')}>
            <IncidentActions incident={incident} onChanged={reload} />
          </Section>
        )}
        <Section title={t('incidents.happened')}>
          <IncidentTimeline entries={incident.timeline} />
        </Section>
      </Content>
    </BreadcrumbEntry>
  );
}
