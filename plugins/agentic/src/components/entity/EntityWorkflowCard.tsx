import {
  REPOSITORY_ANNOTATION,
  WORKFLOW_ID_ANNOTATION,
} from '@agentic-backstage/plugin-agentic-common';
import { InfoCard, Progress } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import Stack from '@mui/material/Stack';
import { useCallback } from 'react';
import { failureKind } from '../../api/AgenticRequestError';
import { agenticApiRef } from '../../api/AgenticApi';
import { useLoaded } from '../../live/useLoaded';
import { useRefreshOnNews } from '../../live/useRefreshOnNews';
import { workflowRouteRef } from '../../routes';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { IsolationPill } from '../deployment/IsolationPill';
import { LoadFailure } from '../states/LoadFailure';
import { Notice } from '../states/Notice';
import { AddressText } from '../status/AddressText';
import { FactList } from '../status/FactList';
import { LinkOrText } from '../status/LinkOrText';
import { DEPLOYMENTS, PHASES } from '../status/wording';
import { WordedPill } from '../status/WordedPill';

function useServiceState(service: string, workflowId: string | undefined) {
  const api = useApi(agenticApiRef);
  const load = useCallback(async () => {
    const [page, deployments] = await Promise.all([
      api.listWorkflows({ service, limit: 20 }),
      api.listDeployments(service),
    ]);
    const own = page.items.filter(item => item.serviceName === service);
    return {
      latest: own[0] ?? page.items.find(item => item.workflowId === workflowId),
      running:
        deployments.find(({ status }) => status === 'running') ??
        deployments[0],
    };
  }, [api, service, workflowId]);
  return useLoaded(load);
}

/** On the overview of a service: its latest workflow, where it answers, and its repository. */
export function EntityWorkflowCard() {
  const { t } = useAgenticTranslation();
  const { entity } = useEntity();
  const service = entity.metadata.name;
  const annotations = entity.metadata.annotations ?? {};
  const repository = annotations[REPOSITORY_ANNOTATION];
  const workflowLink = useRouteRef(workflowRouteRef);
  const { value, error, reload } = useServiceState(
    service,
    annotations[WORKFLOW_ID_ANNOTATION],
  );
  useRefreshOnNews(reload);

  return (
    <InfoCard title={t('common.workflows')}>
      {!value && !error && <Progress />}
      {!value &&
        error &&
        (failureKind(error) === 'denied' ? (
          <Notice>{t('service.denied')}</Notice>
        ) : (
          <LoadFailure
            error={error}
            what={t('common.subject.serviceState')}
            onRetry={reload}
          />
        ))}
      {value && (
        <FactList
          facts={[
            [
              t('service.latest'),
              value.latest ? (
                <Stack
                  direction="row"
                  spacing={1}
                  alignItems="center"
                  useFlexGap
                  flexWrap="wrap"
                >
                  <WordedPill wordings={PHASES} state={value.latest.phase} />
                  <LinkOrText
                    to={workflowLink?.({
                      workflowId: value.latest.workflowId,
                    })}
                  >
                    {t('service.open')}
                  </LinkOrText>
                </Stack>
              ) : (
                t('common.none')
              ),
            ],
            [
              t('service.deployment'),
              value.running ? (
                <Stack
                  direction="row"
                  spacing={1}
                  alignItems="center"
                  useFlexGap
                  flexWrap="wrap"
                >
                  <WordedPill
                    wordings={DEPLOYMENTS}
                    state={value.running.status}
                  />
                  <IsolationPill isolation={value.running.isolation} />
                  {value.running.url && value.running.status === 'running' && (
                    <AddressText value={value.running.url} />
                  )}
                </Stack>
              ) : (
                t('common.none')
              ),
            ],
            [
              t('common.repository'),
              repository && <AddressText value={repository} />,
            ],
          ]}
        />
      )}
    </InfoCard>
  );
}
