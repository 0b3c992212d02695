import { EmptyState, Progress } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useCallback } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useLoaded } from '../../live/useLoaded';
import { useRefreshOnNews } from '../../live/useRefreshOnNews';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { LoadFailure } from '../states/LoadFailure';
import { WorkflowTable } from '../workflows/WorkflowTable';

/** The workflows of the service whose catalog page is open. */
export function EntityWorkflows() {
  const { t } = useAgenticTranslation();
  const api = useApi(agenticApiRef);
  const service = useEntity().entity.metadata.name;
  const load = useCallback(
    () => api.listWorkflows({ service, limit: 20 }),
    [api, service],
  );
  const { value: page, error, reload } = useLoaded(load);
  useRefreshOnNews(reload);

  if (error && !page) {
    return (
      <LoadFailure
        error={error}
        what={t('common.subject.serviceWorkflows')}
        onRetry={reload}
      />
    );
  }
  if (!page) {
    return <Progress />;
  }
  // The backend may match parts of a name; the tab is about this service alone.
  const workflows = page.items.filter(item => item.serviceName === service);
  if (workflows.length === 0) {
    return (
      <EmptyState
        missing="data"
        title={t('service.empty')}
        description={t('service.emptyHint')}
      />
    );
  }
  return (
    <WorkflowTable
      label={t('service.tableLabel', { service })}
      workflows={workflows}
    />
  );
}
