import { workflowCreatePermission } from '@agentic-backstage/plugin-agentic-common';
import { Content, EmptyState, LinkButton } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import Alert from '@mui/material/Alert';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import { useCallback, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { agenticApiRef } from '../../api/AgenticApi';
import { useDebounced } from '../../live/useDebounced';
import { useIdentity } from '../../live/useIdentity';
import { useLoaded } from '../../live/useLoaded';
import { useRefreshOnNews } from '../../live/useRefreshOnNews';
import { newWorkflowRouteRef, templatesRouteRef } from '../../routes';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { LoadFailure } from '../states/LoadFailure';
import { Pager } from '../status/Pager';
import { SavedFilters } from './SavedFilters';
import {
  formatFilter,
  isFiltered,
  parseFilter,
  toQuery,
  type WorkflowFilter,
} from './workflowFilter';
import { WorkflowFilters } from './WorkflowFilters';
import { WorkflowTable } from './WorkflowTable';

const PAGE_SIZE = 20;

/** The list of workflows; its filters live in the address so that a view can be shared. */
export function WorkflowsPage() {
  const { t } = useAgenticTranslation();
  const api = useApi(agenticApiRef);
  const identity = useIdentity();
  const [search, setSearch] = useSearchParams();
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const newLink = useRouteRef(newWorkflowRouteRef)?.();
  const templatesLink = useRouteRef(templatesRouteRef)?.();
  const mayCreate = usePermission({
    permission: workflowCreatePermission,
  }).allowed;

  const filter = parseFilter(search);
  const { status, environment, view } = filter;
  const service = useDebounced(filter.service, 300);
  const cursor = cursors[cursors.length - 1];

  const load = useCallback(async () => {
    if (!identity) {
      return undefined;
    }
    const query = toQuery({ status, environment, view, service }, identity);
    return query
      ? api.listWorkflows({ ...query, limit: PAGE_SIZE, cursor })
      : { items: [], totalItems: 0 };
  }, [api, status, environment, service, view, identity, cursor]);
  const { value: page, error, loading, reload } = useLoaded(load);
  useRefreshOnNews(reload);

  const show = (address: string) => {
    setCursors([]);
    setSearch(address, { replace: true });
  };
  const changeFilter = (change: Partial<WorkflowFilter>) =>
    show(formatFilter({ ...filter, ...change }));
  const filtered = isFiltered(filter);

  return (
    <Content>
      <Stack
        direction={{ xs: 'column', md: 'row' }}
        justifyContent="space-between"
        spacing={2}
        sx={{ mb: 3 }}
      >
        <Stack spacing={1}>
          <WorkflowFilters filter={filter} onChange={changeFilter} />
          <SavedFilters filter={formatFilter(filter)} onApply={show} />
        </Stack>
        <Stack direction="row" spacing={1} alignItems="flex-start">
          {templatesLink && (
            <LinkButton to={templatesLink} variant="outlined" color="primary">
              {t('workflows.fromTemplate')}
            </LinkButton>
          )}
          {newLink && mayCreate && (
            <LinkButton to={newLink} variant="contained" color="primary">
              {t('workflows.describe')}
            </LinkButton>
          )}
        </Stack>
      </Stack>
      {(loading || (!page && !error)) && (
        <LinearProgress aria-label={t('workflows.loading')} />
      )}
      {error && !page && (
        <LoadFailure
          error={error}
          what={t('common.subject.workflows')}
          onRetry={reload}
        />
      )}
      {error && page && (
        <Alert severity="warning">
          {t('common.listOutOfDate', { problem: error.message })}
        </Alert>
      )}
      {page && page.items.length === 0 && (
        <EmptyState
          missing="data"
          title={filtered ? t('workflows.noMatch') : t('workflows.empty')}
          description={
            filtered ? t('common.changeFilters') : t('workflows.emptyHint')
          }
        />
      )}
      {page && page.items.length > 0 && (
        <>
          <WorkflowTable label={t('common.workflows')} workflows={page.items} />
          <Pager
            label={t('workflows.pages')}
            cursors={cursors}
            nextCursor={page.nextCursor}
            onChange={setCursors}
            summary={t('workflows.total', { count: page.totalItems })}
          />
        </>
      )}
    </Content>
  );
}
