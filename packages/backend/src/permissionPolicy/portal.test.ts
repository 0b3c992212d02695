import agenticFeatures from '@agentic-backstage/plugin-agentic-backend';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import permissionPlugin from '@backstage/plugin-permission-backend';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, parseAllDocuments } from 'yaml';
import { authModuleExamplePeople } from '../examplePeople/authModuleExamplePeople';
import { permissionModuleExamplePolicy } from './permissionModuleExamplePolicy';

jest.setTimeout(180_000);

const root = resolvePackagePath('backend', '..', '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const { agentic } = parse(read('app-config.yaml'));

/** The people of examples/org.yaml, with the relations that the catalog would give them. */
const people: Entity[] = parseAllDocuments(read('examples/org.yaml'))
  .map(document => document.toJS())
  .filter(({ kind }) => kind === 'User')
  .map(entity => ({
    ...entity,
    relations: entity.spec.memberOf.map((group: string) => ({
      type: 'memberOf',
      targetRef: `group:default/${group}`,
    })),
  }));

const PEOPLE = [
  'ada.reyes',
  'dmitri.novak',
  'chiara.rossi',
  'ben.okafor',
  'elif.demir',
  'farah.aziz',
];

function aRequest(serviceName: string, environment: string) {
  return {
    parameters: {
      serviceName,
      environment,
      language: 'node',
      pattern: 'rest-api',
      database: 'none',
    },
    changeReason: 'Contract starts on Monday',
  };
}

describe('the example policy in a running portal', () => {
  let backend: TestBackend;
  let url: string;
  const tokens = new Map<string, string>();
  const workflows: Record<string, string> = {};

  async function call(
    name: string,
    route: string,
    body?: object,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${url}/agentic${route}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${tokens.get(name)}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        authPlugin,
        authModuleExamplePeople,
        permissionPlugin,
        permissionModuleExamplePolicy,
        agenticFeatures,
        authServiceFactory,
        httpAuthServiceFactory,
        permissionsServiceFactory,
        userInfoServiceFactory,
        catalogServiceMock.factory({ entities: people }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:7007' },
            backend: { baseUrl: 'http://localhost:7007' },
            auth: { providers: { 'example-people': {} } },
            permission: { enabled: true },
            agentic: {
              ...agentic,
              dataDir: mkdtempSync(path.join(tmpdir(), 'agentic-policy-')),
            },
          },
        }),
      ],
    });
    url = `http://127.0.0.1:${backend.server.port()}/api`;
    for (const name of PEOPLE) {
      const response = await fetch(`${url}/auth/example-people/refresh`, {
        headers: { 'x-example-person': `user:default/${name}` },
      });
      const { backstageIdentity } = await response.json();
      tokens.set(name, backstageIdentity.token);
    }
    while ((await call('ada.reyes', '/health')).status !== 200) {
      await sleep(200);
    }
    for (const [environment, name] of [
      ['staging', 'ada.reyes'],
      ['production', 'elif.demir'],
    ]) {
      const { status, body } = await call(
        name,
        '/workflows',
        aRequest(`orders-in-${environment}`, environment),
      );
      if (status !== 201) {
        throw new Error(JSON.stringify(body.error));
      }
      workflows[environment] = String(body.workflowId);
    }
  });
  afterAll(() => backend.stop());

  // In the order of the people above.
  it.each([
    ['staging', 'read', [200, 200, 200, 200, 200, 200]],
    ['production', 'read', [404, 404, 200, 200, 200, 200]],
    ['staging', 'record', [200, 404, 404, 200, 200, 200]],
    ['production', 'record', [404, 404, 200, 200, 200, 200]],
    ['staging', 'pause', [202, 403, 403, 202, 202, 403]],
    ['production', 'pause', [404, 404, 403, 202, 202, 403]],
  ])('%s, %s: %j', async (environment, action, expected) => {
    const id = workflows[environment];
    const statuses: number[] = [];
    for (const name of PEOPLE) {
      if (action === 'pause') {
        const { status } = await call(name, `/workflows/${id}/pause`, {});
        // Whoever finds it paused by the one before was let in as well.
        statuses.push(status === 409 ? 202 : status);
      } else {
        const route = action === 'record' ? `${id}/record` : id;
        statuses.push((await call(name, `/workflows/${route}`)).status);
      }
    }
    expect(
      Object.fromEntries(PEOPLE.map((name, i) => [name, statuses[i]])),
    ).toEqual(Object.fromEntries(PEOPLE.map((name, i) => [name, expected[i]])));
  });

  it('lists to each what they may see', async () => {
    const lists = await Promise.all(
      PEOPLE.map(async name => {
        const { body } = await call(name, '/workflows');
        return (body.items as { environment: string }[])
          .map(({ environment }) => environment)
          .sort();
      }),
    );
    const both = ['production', 'staging'];
    expect(lists).toEqual([['staging'], ['staging'], both, both, both, both]);
  });

  it.each([
    ['ada.reyes', 'staging', 201],
    ['ada.reyes', 'production', 403],
    ['chiara.rossi', 'production', 403],
    ['ben.okafor', 'production', 201],
    ['elif.demir', 'production', 201],
    ['farah.aziz', 'staging', 403],
  ])('%s asks for work in %s: %d', async (name, environment, expected) => {
    const { status } = await call(
      name,
      '/workflows',
      aRequest(`${name.split('.')[0]}s-${environment}`, environment),
    );
    expect(status).toBe(expected);
  });
});
