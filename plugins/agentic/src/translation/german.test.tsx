import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  appLanguageApiRef,
  AppRootElementBlueprint,
  createFrontendModule,
  useApi,
} from '@backstage/frontend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeAgenticApi } from '../__fixtures__/FakeAgenticApi';
import { aWorkflow } from '../__fixtures__/sampleDomain';
import { agenticApiRef } from '../api/AgenticApi';
import { agenticPlugin } from '../plugin';

function LanguageSwitch() {
  const languageApi = useApi(appLanguageApiRef);
  return (
    <button onClick={() => languageApi.setLanguage('en')}>In English</button>
  );
}

const ownModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    AppRootElementBlueprint.make({
      name: 'language-switch',
      params: { element: <LanguageSwitch /> },
    }),
    ApiBlueprint.make({
      name: 'permission',
      params: defineParams =>
        defineParams({
          api: permissionApiRef,
          deps: {},
          factory: () => ({
            authorize: async () => ({ result: AuthorizeResult.ALLOW }),
          }),
        }),
    }),
  ],
});

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

describe('a portal in German', () => {
  it('shows a workflow in German, and in English once that is chosen', async () => {
    window.history.replaceState({}, '', '/agentic/workflows/wf-1?tab=approval');
    const config = new ConfigReader({
      app: {
        baseUrl: 'http://localhost',
        extensions: [
          { 'sign-in-page:app': false },
          {
            'api:app/app-language': {
              config: {
                availableLanguages: ['en', 'de'],
                defaultLanguage: 'de',
              },
            },
          },
        ],
      },
      backend: { baseUrl: 'http://localhost:7007' },
    });
    const app = createApp({
      features: [agenticPlugin, fakeBackendModule, ownModule],
      advanced: { configLoader: async () => ({ config }) },
    });
    render(app.createRoot());

    const status = await screen.findByRole('status', {
      name: 'Zustand des Workflows',
    });
    expect(status).toHaveTextContent('Wartet auf Freigabe');
    // A plural, a list and a number in the words of the language.
    expect(
      screen.getByText(/: 1 Vorgang nach der Freigabe$/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: /^Aufgabe t4,.*, nach t3$/ }),
    ).toBeInTheDocument();
    const tab = screen.getByRole('tabpanel', { name: 'Freigabe (1)' });
    expect(
      await within(tab).findByRole('button', { name: 'Ablehnen' }),
    ).toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', { name: 'In English' }));
    expect(
      await within(tab).findByRole('button', { name: 'Reject' }),
    ).toBeInTheDocument();
    expect(status).toHaveTextContent('Awaiting approval');
  });
});
