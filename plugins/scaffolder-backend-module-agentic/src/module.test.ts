import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import { parse } from 'yaml';
import {
  startFakeAgenticApi,
  type FakeAgenticApi,
} from './__testUtils__/startFakeAgenticApi';
import { scaffolderModuleAgentic } from './module';

const ada = 'user:default/ada.reyes';

function shippedTemplate(name: string): Entity {
  const file = path.resolve(__dirname, '../templates', name, 'template.yaml');
  const entity: Entity = parse(readFileSync(file, 'utf8'));
  return {
    ...entity,
    metadata: { ...entity.metadata, namespace: 'default', uid: name },
  };
}

const filledInForm = {
  serviceName: 'user-service',
  owner: 'group:default/team-payments',
  language: 'nodejs',
  database: 'postgresql',
  environment: 'staging',
};

interface TaskEvent {
  readonly type: string;
  readonly body: {
    readonly message: string;
    readonly output?: { readonly links: object[]; readonly text: object[] };
    readonly error?: { readonly message: string };
  };
}

describe('scaffolderModuleAgentic', () => {
  let api: FakeAgenticApi;
  let backend: TestBackend;

  const call = async (route: string, body?: object) => {
    const response = await fetch(
      `http://127.0.0.1:${backend.server.port()}/api/scaffolder/v2${route}`,
      {
        method: body ? 'POST' : 'GET',
        headers: {
          'Content-Type': 'application/json',
          Authorization: mockCredentials.user.header(ada),
        },
        body: body && JSON.stringify(body),
      },
    );
    return { status: response.status, answer: await response.json() };
  };

  /** Runs a template to its end and answers its last event. */
  const run = async (template: string, values: object): Promise<TaskEvent> => {
    const { answer } = await call('/tasks', {
      templateRef: `template:default/${template}`,
      values,
    });
    for (;;) {
      const { answer: events } = await call(`/tasks/${answer.id}/events`);
      const last = (events as TaskEvent[]).find(e => e.type === 'completion');
      if (last) {
        return last;
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  };

  beforeAll(async () => {
    api = await startFakeAgenticApi();
    backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        scaffolderModuleAgentic,
        createBackendPlugin({
          pluginId: 'agentic',
          register(reg) {
            reg.registerInit({
              deps: { http: coreServices.httpRouter },
              init: async ({ http }) => http.use(api.handle),
            });
          },
        }),
        catalogServiceMock.factory({
          entities: [
            shippedTemplate('microservice-with-db'),
            shippedTemplate('rest-service'),
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'User',
              metadata: { name: 'ada.reyes', namespace: 'default' },
              spec: {},
            },
          ],
        }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://portal.example' },
            backend: { baseUrl: 'http://portal.example' },
          },
        }),
      ],
    });
  });
  beforeEach(() => api.reset());
  afterAll(async () => {
    await backend?.stop();
    await api?.stop();
  });

  it('registers both actions with examples', async () => {
    const { answer } = await call('/actions');
    const ours = (answer as { id: string; examples: object[] }[]).filter(
      ({ id }) => id.startsWith('agentic:'),
    );
    expect(ours.map(({ id }) => id).sort()).toEqual([
      'agentic:generate',
      'agentic:workflow:start',
    ]);
    expect(ours.every(({ examples }) => examples.length > 0)).toBe(true);
  });

  it('runs the template microservice-with-db: the person starts a workflow and gets a link to it', async () => {
    const { body } = await run('microservice-with-db', filledInForm);
    expect(body.message).toBe('Run completed with status: completed');
    expect(body.output?.links).toEqual([
      expect.objectContaining({ url: '/agentic/workflows/wf-1' }),
    ]);
    expect(body.output?.text).toEqual([
      expect.objectContaining({
        content: expect.stringContaining('Planned tasks: 1.'),
      }),
    ]);
    expect(api.requests).toEqual([
      {
        route: 'POST /workflows',
        authorization: mockCredentials.service.header({
          onBehalfOf: mockCredentials.user(ada),
          targetPluginId: 'agentic',
        }),
        body: {
          template: 'microservice-with-db',
          parameters: filledInForm,
          dryRun: false,
          idempotencyKey: expect.stringMatching(/^scaffolder-[0-9a-f]{64}$/),
        },
      },
    ]);
  });

  it('runs the template rest-service without a database', async () => {
    const { database, ...form } = filledInForm;
    const { body } = await run('rest-service', form);
    expect(body.message).toBe('Run completed with status: completed');
    expect(api.requests[0].body).toMatchObject({
      template: 'microservice-rest-api',
      parameters: form,
    });
    expect(api.requests[0].body).not.toHaveProperty('parameters.database');
  });

  it('shows why the planner refuses a choice that is not built yet', async () => {
    api.answerWith({
      status: 400,
      body: {
        error: {
          name: 'InputError',
          message: 'no',
          problems: [
            {
              field: 'parameters.language',
              message: 'python is not built yet.',
              remedy: 'Choose nodejs.',
            },
          ],
          questions: [],
        },
      },
    });
    const { body } = await run('microservice-with-db', {
      ...filledInForm,
      language: 'python',
    });
    expect(body.message).toBe('Run completed with status: failed');
    expect(body.error?.message).toContain(
      'parameters.language: python is not built yet. Choose nodejs.',
    );
  });

  it.each([
    '../x',
    'a b',
    'a'.repeat(300),
    'usеr-service', // the first e is Cyrillic
    '$(touch x)',
    '{{ secrets }}',
    '-service',
    'Service',
  ])('refuses the service name %j in the form', async serviceName => {
    const { status, answer } = await call('/tasks', {
      templateRef: 'template:default/microservice-with-db',
      values: { ...filledInForm, serviceName },
    });
    expect(status).toBe(400);
    expect(answer.errors[0].path).toEqual(['serviceName']);
    expect(api.requests).toEqual([]);
  });

  it('previews the plan in a dry run of the template editor', async () => {
    const { answer } = await call('/dry-run', {
      template: shippedTemplate('microservice-with-db'),
      values: filledInForm,
      directoryContents: [],
    });
    expect(JSON.stringify(answer.log)).toContain(
      'Plan for user-service: 2 tasks',
    );
    expect(api.requests).toMatchObject([{ body: { dryRun: true } }]);
  });
});
