import {
  deploymentStopPermission,
  type DeploymentView,
} from '@agentic-backstage/plugin-agentic-common';
import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { Notice } from '../states/Notice';
import { ReasonDialog } from '../states/ReasonDialog';
import { AddressText } from '../status/AddressText';
import { FactList } from '../status/FactList';
import { Section } from '../status/Section';
import { TimeText } from '../status/TimeText';
import { DEPLOYMENTS } from '../status/wording';
import { WordedPill } from '../status/WordedPill';
import { IsolationPill } from './IsolationPill';

function DeploymentPanel(props: {
  deployment: DeploymentView;
  onStopped: () => void;
}) {
  const { t } = useAgenticTranslation();
  const { deployment } = props;
  const api = useApi(agenticApiRef);
  const toastApi = useApi(toastApiRef);
  const [asking, setAsking] = useState(false);
  const permission = usePermission({
    permission: deploymentStopPermission,
    resourceRef: deployment.deploymentId,
  });
  const stoppable =
    (permission.allowed || permission.error !== undefined) &&
    ['deploying', 'running', 'unknown'].includes(deployment.status);

  const stop = async (reason: string) => {
    await api.stopDeployment(deployment.deploymentId, reason);
    toastApi.post({
      title: t('service.stopping', { service: deployment.serviceName }),
      status: 'info',
      timeout: 4000,
    });
    props.onStopped();
  };

  return (
    <Section
      title={t('service.deploymentTitle', {
        service: deployment.serviceName,
        version: deployment.version,
        environment: deployment.environment,
      })}
      aside={
        <Stack direction="row" spacing={1} alignItems="center">
          <IsolationPill isolation={deployment.isolation} />
          <WordedPill wordings={DEPLOYMENTS} state={deployment.status} />
          {stoppable && (
            <Button
              size="small"
              color="error"
              variant="outlined"
              onClick={() => setAsking(true)}
            >
              {t('service.stop')}
            </Button>
          )}
        </Stack>
      }
    >
      <FactList
        facts={[
          [
            t('service.address'),
            deployment.url && <AddressText value={deployment.url} />,
          ],
          [t('service.target'), deployment.target],
          [t('service.isolation'), deployment.isolation],
          [
            t('service.started'),
            <TimeText key="start" value={deployment.startedAt} />,
          ],
          [
            t('service.stopped'),
            deployment.stoppedAt && <TimeText value={deployment.stoppedAt} />,
          ],
        ]}
      />
      {asking && (
        <ReasonDialog
          destructive
          title={t('service.askStop', {
            service: deployment.serviceName,
            environment: deployment.environment,
          })}
          explanation={t('service.stopHint')}
          confirmLabel={t('service.stop')}
          onConfirm={stop}
          onClose={() => setAsking(false)}
        />
      )}
    </Section>
  );
}

/** Where the service runs, how well it is walled off, and a way to stop it. */
export function DeploymentSection(props: {
  deployments: readonly DeploymentView[];
  onStopped: () => void;
}) {
  const { t } = useAgenticTranslation();
  if (props.deployments.length === 0) {
    return <Notice>{t('service.notDeployed')}</Notice>;
  }
  return (
    <>
      {props.deployments.map(deployment => (
        <DeploymentPanel
          key={deployment.deploymentId}
          deployment={deployment}
          onStopped={props.onStopped}
        />
      ))}
    </>
  );
}
