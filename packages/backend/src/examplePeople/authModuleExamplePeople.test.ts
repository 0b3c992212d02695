import { request as httpRequest } from 'node:http';
import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { authModuleExamplePeople } from './authModuleExamplePeople';

const ada: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'ada.reyes', namespace: 'default' },
  spec: { memberOf: ['team-payments'] },
  relations: [{ type: 'memberOf', targetRef: 'group:default/team-payments' }],
};

const person = (name: string) => ({
  entityRef: `user:default/${name}`,
  name,
  title: 'Developer',
});

/** Asks for a token with any Host header, which `fetch` does not let one choose. */
function signIn(
  backend: TestBackend,
  headers: Record<string, string>,
): Promise<{ status?: number; body: string }> {
  return new Promise((resolve, reject) => {
    httpRequest(
      {
        host: '127.0.0.1',
        port: backend.server.port(),
        path: '/api/auth/example-people/refresh',
        headers,
      },
      response => {
        let body = '';
        response
          .setEncoding('utf8')
          .on('data', chunk => {
            body += chunk;
          })
          .on('end', () => resolve({ status: response.statusCode, body }));
      },
    )
      .on('error', reject)
      .end();
  });
}

// A person who is not in the catalog is waited for.
jest.setTimeout(60_000);

describe('authModuleExamplePeople', () => {
  let backend: TestBackend;

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        authPlugin,
        authModuleExamplePeople,
        catalogServiceMock.factory({ entities: [ada] }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://portal.example:7007' },
            backend: { baseUrl: 'http://portal.example:7007' },
            auth: { providers: { 'example-people': {} } },
            agentic: {
              examplePeople: [person('ada.reyes'), person('not.loaded')],
            },
          },
        }),
      ],
    });
  });

  afterAll(() => backend?.stop());

  it.each(['localhost:7007', '127.0.0.1', '[::1]:7007', 'portal.example:7007'])(
    'signs a listed person in at %s, with what their groups own',
    async host => {
      const { status, body } = await signIn(backend, {
        host,
        'x-example-person': 'user:default/ada.reyes',
      });
      expect(status).toBe(200);
      expect(JSON.parse(body)).toMatchObject({
        profile: { displayName: 'ada.reyes' },
        backstageIdentity: {
          token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
          identity: {
            userEntityRef: 'user:default/ada.reyes',
            ownershipEntityRefs: [
              'user:default/ada.reyes',
              'group:default/team-payments',
            ],
          },
        },
      });
    },
  );

  it.each([
    ['without the header', {}, 401, /x-example-person is missing/],
    [
      'who is not listed',
      { 'x-example-person': 'user:default/mallory' },
      401,
      /names nobody of agentic\.examplePeople/,
    ],
    [
      'who is not in the catalog',
      { 'x-example-person': 'user:default/not.loaded' },
      503,
      /not in the catalog.*examples\/org\.yaml/,
    ],
    [
      'at a foreign host name',
      {
        host: 'rebound.example:7007',
        'x-example-person': 'user:default/ada.reyes',
      },
      401,
      /sign in at http:\/\/portal\.example:7007 only/,
    ],
    [
      'at a host name that only looks like ours',
      {
        host: 'localhost.rebound.example',
        'x-example-person': 'user:default/ada.reyes',
      },
      401,
      /sign in at http:\/\/portal\.example:7007 only/,
    ],
  ])('refuses a person %s', async (_, headers, expected, message) => {
    const { status, body } = await signIn(backend, {
      host: 'localhost:7007',
      ...headers,
    });
    expect(status).toBe(expected);
    expect(JSON.parse(body).error.message).toMatch(message);
  });
});
