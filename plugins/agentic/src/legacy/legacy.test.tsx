import type { Entity } from '@backstage/catalog-model';
import { FlatRoutes } from '@backstage/core-app-api';
import { alertApiRef, type AlertMessage } from '@backstage/core-plugin-api';
import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { SearchResultListItemExtensions } from '@backstage/plugin-search-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { Route } from 'react-router-dom';
import { SWRConfig } from 'swr';
import { FakeAgenticApi } from '../__fixtures__/FakeAgenticApi';
import { aDeployment, aWorkflow } from '../__fixtures__/sampleDomain';
import { agenticApiRef } from '../api/AgenticApi';
import newPlugin from '../index';
import {
  AgenticAgentsPage,
  AgenticApprovalsPage,
  AgenticAuditPage,
  AgenticIncidentsPage,
  AgenticNewWorkflowPage,
  AgenticOperationsPage,
  AgenticSecretsPage,
  AgenticSidebarItems,
  AgenticWorkflowSearchResultListItem,
  AgenticWorkflowsPage,
  EntityAgenticWorkflowCard,
  EntityAgenticWorkflowsContent,
  HomePageAgenticApprovals,
  HomePageAgenticMyWorkflows,
  agenticPlugin,
} from '../legacy';
import { inLegacyApp } from './LegacyFrame';

const PAGES = [
  ['/agentic/workflows', <AgenticWorkflowsPage />],
  ['/agentic/approvals', <AgenticApprovalsPage />],
  ['/agentic/agents', <AgenticAgentsPage />],
  ['/agentic/audit', <AgenticAuditPage />],
  ['/agentic/incidents', <AgenticIncidentsPage />],
  ['/agentic/operations', <AgenticOperationsPage />],
  ['/agentic/secrets', <AgenticSecretsPage />],
  ['/agentic/new', <AgenticNewWorkflowPage />],
] as const;

const service: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'orders-api',
    annotations: { 'agentic.io/workflow-id': 'wf-1' },
  },
  spec: { type: 'service' },
};

/** An app of the legacy frontend system in which every page of ours is mounted. */
function openApp(
  path: string,
  options: { beside?: ReactNode; denied?: string } = {},
) {
  const alerts: AlertMessage[] = [];
  const api = new FakeAgenticApi({
    workflows: [aWorkflow()],
    deployments: [aDeployment()],
  });
  const rendered = renderInTestApp(
    <SWRConfig value={{ provider: () => new Map() }}>
      <TestApiProvider
        apis={[
          [agenticApiRef, api],
          [
            alertApiRef,
            {
              post: alert => alerts.push(alert),
              alert$: () => {
                throw new Error('Nobody listens to alerts here');
              },
            },
          ],
          [
            permissionApiRef,
            {
              authorize: async ({ permission }) => ({
                result:
                  permission.name === options.denied
                    ? AuthorizeResult.DENY
                    : AuthorizeResult.ALLOW,
              }),
            },
          ],
        ]}
      >
        {options.beside}
        <FlatRoutes>
          <Route path="/" element={<p>The home page</p>} />
          {PAGES.map(([at, element]) => (
            <Route key={at} path={at} element={element} />
          ))}
        </FlatRoutes>
      </TestApiProvider>
    </SWRConfig>,
    { routeEntries: [path] },
  );
  return { alerts, rendered };
}

describe('agenticPlugin in an app of the legacy frontend system', () => {
  it('has every route of the plugin for the new one', () => {
    expect(Object.keys(agenticPlugin.routes).sort()).toEqual(
      Object.keys(newPlugin.routes).sort(),
    );
    expect(Object.keys(agenticPlugin.externalRoutes).sort()).toEqual(
      Object.keys(newPlugin.externalRoutes).sort(),
    );
  });

  it('leads from the list to a workflow', async () => {
    openApp('/agentic/workflows');
    await userEvent.click(
      await screen.findByRole('link', { name: 'orders-api' }),
    );
    expect(
      await screen.findByRole('heading', { level: 1, name: 'Workflows' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('heading', { name: 'orders-api' }),
    ).toBeInTheDocument();
  });

  it('shows the card and the tab of a service', async () => {
    openApp('/', {
      beside: (
        <EntityProvider entity={service}>
          <EntityAgenticWorkflowCard />
          <EntityAgenticWorkflowsContent />
        </EntityProvider>
      ),
    });
    expect(
      await screen.findByRole('row', { name: /^orders-api / }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: 'Open workflow' }),
    ).toHaveAttribute('href', '/agentic/workflows/wf-1');
  });

  it('shows the widgets of the home page', async () => {
    openApp('/', {
      beside: (
        <>
          <HomePageAgenticApprovals />
          <HomePageAgenticMyWorkflows />
        </>
      ),
    });
    expect(
      await screen.findByRole('list', { name: 'Approvals that wait for you' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('list', { name: 'Your latest workflows' }),
    ).toBeInTheDocument();
    expect(screen.getByText('Waiting for your approval')).toBeInTheDocument();
  });

  it('shows workflows among the results of a search, and nothing else as one', async () => {
    const result = (type: string, title: string) => ({
      type,
      document: {
        title,
        text: 'An orders API',
        location: '/agentic/workflows/wf-1',
        phase: 'completed',
        environment: 'staging',
        owner: 'group:default/payments',
      },
    });
    openApp('/', {
      beside: (
        <SearchResultListItemExtensions
          results={[
            result('agentic-workflow', 'orders-api'),
            result('software-catalog', 'orders-docs'),
          ]}
        >
          <AgenticWorkflowSearchResultListItem />
        </SearchResultListItemExtensions>
      ),
    });
    expect(
      await screen.findByRole('link', { name: 'orders-api' }),
    ).toHaveAttribute('href', '/agentic/workflows/wf-1');
    expect(screen.getAllByText('Completed')).toHaveLength(1);
  });

  it('offers in the sidebar what its reader may see', async () => {
    openApp('/', {
      beside: <AgenticSidebarItems />,
      denied: 'agentic.secret.read',
    });
    expect(await screen.findByRole('link', { name: 'Agents' })).toHaveAttribute(
      'href',
      '/agentic/agents',
    );
    expect(screen.getByRole('link', { name: 'Approvals' })).toHaveAttribute(
      'href',
      '/agentic/approvals',
    );
    expect(
      screen.queryByRole('link', { name: 'Secrets' }),
    ).not.toBeInTheDocument();
  });

  it.each([
    ['success', 'success', 5_000, 'transient'],
    ['danger', 'error', undefined, 'permanent'],
  ] as const)(
    'shows a toast of status %s as an alert',
    async (status, severity, timeout, display) => {
      function Toaster() {
        const toasts = useApi(toastApiRef);
        const post = () =>
          toasts.post({
            title: 'Stopped',
            description: <b>by Ben</b>,
            status,
            timeout,
          });
        return <button onClick={post}>Post</button>;
      }
      const { alerts } = openApp('/', { beside: inLegacyApp(<Toaster />) });
      await userEvent.click(
        await screen.findByRole('button', { name: 'Post' }),
      );
      expect(alerts).toEqual([
        { message: 'Stopped: by Ben', severity, display },
      ]);
    },
  );
});
