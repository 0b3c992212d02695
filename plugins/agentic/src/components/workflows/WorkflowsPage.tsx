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
import { useCurrentUser } from '../../live/useCurrentUser';
import { useDebounced } from '../../live/useDebounced';
import { useLoaded } from '../../live/useLoaded';
import { useRefreshOnNews } from '../../live/useRefreshOnNews';
import { newWorkflowRouteRef, templatesRouteRef } from '../../routes';
import { LoadFailure } from '../states/LoadFailure';
import { Pager } from '../status/Pager';
import {
  WorkflowFilters,
  parseStatus,
  type WorkflowFilter,
} from './WorkflowFilters';
import { WorkflowTable } from './WorkflowTable';

const PAGE_SIZE = 20;

/** The list of workflows; its filters live in the address so that a view can be shared. */
export function WorkflowsPage() {
  const api = useApi(agenticApiRef);
  const me = useCurrentUser();
  const [search, setSearch] = useSearchParams();
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const newLink = useRouteRef(newWorkflowRouteRef)?.();
  const templatesLink = useRouteRef(templatesRouteRef)?.();
  const mayCreate = usePermission({
    permission: workflowCreatePermission,
  }).allowed;

  const filter: WorkflowFilter = {
    status: parseStatus(search.get('status')),
    environment: search.get('environment') ?? '',
    service: search.get('service') ?? '',
    mine: search.get('mine') === 'true',
  };
  const { status, environment, mine } = filter;
  const service = useDebounced(filter.service, 300);
  const cursor = cursors[cursors.length - 1];
  const waitsForIdentity = mine && !me;

  const load = useCallback(
    async () =>
      waitsForIdentity
        ? undefined
        : api.listWorkflows({
            status: status || undefined,
            environment: environment || undefined,
            service: service || undefined,
            requestedBy: mine ? me : undefined,
            limit: PAGE_SIZE,
            cursor,
          }),
    [api, status, environment, service, mine, me, waitsForIdentity, cursor],
  );
  const { value: page, error, loading, reload } = useLoaded(load);
  useRefreshOnNews(reload);

  const changeFilter = (change: Partial<WorkflowFilter>) => {
    const next = new URLSearchParams(search);
    for (const [key, value] of Object.entries({ ...filter, ...change })) {
      if (value) {
        next.set(key, String(value));
      } else {
        next.delete(key);
      }
    }
    setCursors([]);
    setSearch(next, { replace: true });
  };
  const filtered = Boolean(
    filter.status || filter.environment || filter.service || filter.mine,
  );

  return (
    <Content>
      <Stack
        direction={{ xs: 'column', md: 'row' }}
        justifyContent="space-between"
        spacing={2}
        sx={{ mb: 3 }}
      >
        <WorkflowFilters filter={filter} onChange={changeFilter} />
        <Stack direction="row" spacing={1} alignItems="flex-start">
          {templatesLink && (
            <LinkButton to={templatesLink} variant="outlined" color="primary">
              Create from a template
            </LinkButton>
          )}
          {newLink && mayCreate && (
            <LinkButton to={newLink} variant="contained" color="primary">
              Describe what you need
            </LinkButton>
          )}
        </Stack>
      </Stack>
      {loading && <LinearProgress aria-label="Loading workflows" />}
      {error && !page && (
        <LoadFailure error={error} what="the workflows" onRetry={reload} />
      )}
      {error && page && (
        <Alert severity="warning">
          This list may be out of date: {error.message}
        </Alert>
      )}
      {page && page.items.length === 0 && (
        <EmptyState
          missing="data"
          title={filtered ? 'No workflow matches' : 'No workflows yet'}
          description={
            filtered
              ? 'Change the filters to see more.'
              : 'Create a service from a template, or describe what you need in your own words.'
          }
        />
      )}
      {page && page.items.length > 0 && (
        <>
          <WorkflowTable label="Workflows" workflows={page.items} />
          <Pager
            label="Pages of workflows"
            cursors={cursors}
            nextCursor={page.nextCursor}
            onChange={setCursors}
            summary={
              page.totalItems === 1
                ? '1 workflow'
                : `${page.totalItems} workflows`
            }
          />
        </>
      )}
    </Content>
  );
}
