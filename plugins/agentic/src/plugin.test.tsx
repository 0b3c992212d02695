import { ConfigReader } from '@backstage/config';
import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { render, screen } from '@testing-library/react';
import { FakeAgenticApi } from './__fixtures__/FakeAgenticApi';
import { aWorkflow } from './__fixtures__/sampleDomain';
import { agenticApiRef } from './api/AgenticApi';
import agenticPlugin from './index';

function permissionModule(
  result: AuthorizeResult.ALLOW | AuthorizeResult.DENY,
) {
  return createFrontendModule({
    pluginId: 'app',
    extensions: [
      ApiBlueprint.make({
        name: 'permission',
        params: defineParams =>
          defineParams({
            api: permissionApiRef,
            deps: {},
            factory: () => ({ authorize: async () => ({ result }) }),
          }),
      }),
    ],
  });
}

const fakeBackendModule = createFrontendModule({
  pluginId: 'agentic',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: agenticApiRef,
          deps: {},
          factory: () => new FakeAgenticApi({ workflows: [aWorkflow()] }),
        }),
    }),
  ],
});

function openApp(
  path: string,
  creating: AuthorizeResult.ALLOW | AuthorizeResult.DENY,
) {
  window.history.replaceState({}, '', path);
  const config = new ConfigReader({
    app: {
      baseUrl: 'http://localhost',
      extensions: [{ 'sign-in-page:app': false }],
    },
    backend: { baseUrl: 'http://localhost:7007' },
  });
  const app = createApp({
    features: [agenticPlugin, fakeBackendModule, permissionModule(creating)],
    advanced: { configLoader: async () => ({ config }) },
  });
  render(app.createRoot());
}

describe('agenticPlugin in an app', () => {
  it('serves the list of workflows', async () => {
    openApp('/agentic/workflows', AuthorizeResult.ALLOW);
    expect(
      await screen.findByRole('link', { name: 'orders-api' }),
    ).toHaveAttribute('href', '/agentic/workflows/wf-1');
  });

  it('serves a workflow', async () => {
    openApp('/agentic/workflows/wf-1', AuthorizeResult.ALLOW);
    expect(
      await screen.findByRole('heading', { name: 'orders-api' }),
    ).toBeInTheDocument();
  });

  it('serves the approvals inbox', async () => {
    openApp('/agentic/approvals', AuthorizeResult.ALLOW);
    expect(
      await screen.findByRole('link', { name: /orders-api to / }),
    ).toBeInTheDocument();
  });

  it('serves the agents', async () => {
    openApp('/agentic/agents', AuthorizeResult.ALLOW);
    expect(
      await screen.findByText(/No agent is registered/),
    ).toBeInTheDocument();
  });

  it('serves the new request page to those who may start workflows', async () => {
    openApp('/agentic/new', AuthorizeResult.ALLOW);
    expect(await screen.findByLabelText('Your request')).toBeInTheDocument();
  });

  it('hides the new request page from all others', async () => {
    openApp('/agentic/new', AuthorizeResult.DENY);
    expect(
      await screen.findByRole('link', { name: 'Approvals' }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('link', { name: 'New request' }),
    ).not.toBeInTheDocument();
    expect(screen.queryByLabelText('Your request')).not.toBeInTheDocument();
  });
});
