import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import searchPlugin from '@backstage/plugin-search-backend';
import { searchModuleAgentic } from './module';

/** Stands for the agentic backend: answers one page, and keeps whose name it was asked in. */
function agenticBackend(askedBy: string[]) {
  return createBackendPlugin({
    pluginId: 'agentic',
    register(reg) {
      reg.registerInit({
        deps: { http: coreServices.httpRouter, auth: coreServices.httpAuth },
        async init({ http, auth }) {
          http.use(async (req, res) => {
            const { principal } = await auth.credentials(
              req as Parameters<typeof auth.credentials>[0],
              { allow: ['service'] },
            );
            askedBy.push(`${req.url} ${principal.subject}`);
            res.json({
              items: ['wf-open', 'wf-closed'].map(workflowId => ({
                workflowId,
                serviceName: 'user-service',
                template: 'rest-service',
                description: 'Something about invoices',
                phase: 'running',
                environment: 'staging',
                owner: 'group:default/team-a',
                requestedBy: 'user:default/ada',
                createdAt: '2026-11-21T10:00:00.000Z',
              })),
            });
          });
        },
      });
    },
  });
}

describe('searchModuleAgentic', () => {
  it('lets people find the workflows they may read', async () => {
    const askedBy: string[] = [];
    const index: (() => Promise<void>)[] = [];
    const backend = await startTestBackend({
      features: [
        searchPlugin,
        mockServices.scheduler.mock({
          createScheduledTaskRunner: () => ({
            run: async ({ fn }) => {
              index.push(async () => fn(new AbortController().signal));
            },
          }),
        }).factory,
        searchModuleAgentic,
        agenticBackend(askedBy),
        mockServices.permissions.mock({
          authorizeConditional: async requests =>
            requests.map(() => ({
              result: AuthorizeResult.CONDITIONAL,
              pluginId: 'agentic',
              resourceType: 'agentic-workflow',
              conditions: {
                rule: 'IS_OWNER',
                resourceType: 'agentic-workflow',
                params: {},
              },
            })),
          authorize: async requests =>
            requests.map(({ resourceRef }) => ({
              result:
                resourceRef === 'wf-open'
                  ? AuthorizeResult.ALLOW
                  : AuthorizeResult.DENY,
            })),
        }).factory,
        mockServices.rootConfig.factory({
          data: {
            permission: { enabled: true },
            search: {
              collators: {
                agentic: {
                  schedule: {
                    initialDelay: { seconds: 0 },
                    frequency: { hours: 1 },
                    timeout: { minutes: 1 },
                  },
                },
              },
            },
          },
        }),
      ],
    });
    try {
      expect(index).toHaveLength(1);
      await index[0]();
      const answer = await fetch(
        `http://127.0.0.1:${backend.server.port()}/api/search/query?term=invoices`,
        { headers: { Authorization: mockCredentials.user.header() } },
      );
      const { results } = (await answer.json()) as {
        results: { type: string; document: { location: string } }[];
      };
      expect(
        results.map(({ type, document }) => [type, document.location]),
      ).toEqual([['agentic-workflow', '/agentic/workflows/wf-open']]);
      expect(askedBy).toEqual(['/searchable-workflows plugin:search']);
    } finally {
      await backend.stop();
    }
  });
});
