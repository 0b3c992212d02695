import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  eventsServiceFactory,
  eventsServiceRef,
  type EventsService,
} from '@backstage/plugin-events-node';
import { aComponent, aService } from './__testUtils__/samples';
import { startFakeAgenticApi } from './__testUtils__/startFakeAgenticApi';
import { catalogModuleAgentic } from './module';

describe('catalogModuleAgentic', () => {
  it('brings a service into the catalog when an event says it was published', async () => {
    const api = await startFakeAgenticApi();
    let events: EventsService | undefined;
    const backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleAgentic,
        // The usual fake gives each plugin an event service of its own.
        eventsServiceFactory,
        createBackendPlugin({
          pluginId: 'agentic',
          register(reg) {
            reg.registerInit({
              deps: { http: coreServices.httpRouter, bus: eventsServiceRef },
              async init({ http, bus }) {
                http.use(api.handle);
                events = bus;
              },
            });
          },
        }),
        mockServices.rootConfig.factory({
          data: {
            events: { useEventBus: 'never' },
            // Far apart: it is the event that must bring the service in.
            catalog: {
              providers: {
                agentic: {
                  schedule: {
                    initialDelay: { minutes: 10 },
                    frequency: { minutes: 10 },
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
      api.provide({
        items: [
          aService('user-service', {
            entities: [aComponent('no good'), aComponent('user-service')],
          }),
        ],
      });
      await events?.publish({
        topic: 'agentic.services',
        eventPayload: undefined,
      });
      let answer: Response;
      const deadline = Date.now() + 15_000;
      do {
        await new Promise(resolve => setTimeout(resolve, 200));
        answer = await fetch(
          `http://127.0.0.1:${backend.server.port()}/api/catalog/entities/by-name/component/default/user-service`,
          { headers: { Authorization: mockCredentials.user.header() } },
        );
      } while (answer.status === 404 && Date.now() < deadline);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({
        metadata: {
          name: 'user-service',
          annotations: {
            'agentic.io/workflow-id': 'wf-user-service',
            'agentic.io/repository': 'file:///repositories/user-service.git',
            'backstage.io/managed-by-location': 'agentic:user-service',
          },
        },
        relations: [
          { type: 'ownedBy', targetRef: 'group:default/team-payments' },
        ],
      });
    } finally {
      await backend.stop();
      await api.stop();
    }
  }, 30_000);
});
