import {
  agenticSecretsExtensionPoint,
  agenticToolsExtensionPoint,
} from '@agentic-backstage/plugin-agentic-node';
import { MemorySecretStore } from '@agentic-backstage/plugin-agentic-node/testUtils';
import {
  createBackendModule,
  createServiceFactory,
  coreServices,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  startSamplePortal,
  type SamplePortal,
} from '../__testUtils__/startSamplePortal';

jest.setTimeout(120_000);

const OSCAR = mockCredentials.user.header('user:default/oscar');
const PASSWORD = 'never over HTTP, 4711';
const ROUTES = ['/secrets', '/secrets/due', '/secrets/access'];

/** Two stores, of which one cannot be listed, and a launch task that keeps a secret. */
const secretsModule = createBackendModule({
  pluginId: 'agentic',
  moduleId: 'secrets-under-test',
  register(reg) {
    reg.registerInit({
      deps: {
        secrets: agenticSecretsExtensionPoint,
        tools: agenticToolsExtensionPoint,
      },
      async init({ secrets, tools }) {
        secrets.addStore(
          Object.assign(new MemorySecretStore('vault'), {
            problem: async () => 'Vault is sealed',
          }),
        );
        tools.addLaunchTask(
          'keeper',
          async (_records, lent) => {
            await lent.put(
              'team/database',
              { values: { password: PASSWORD }, labels: { database: 'users' } },
              'for the test',
            );
            const reference = 'secret:portal/team/database#password';
            await lent.resolve(reference, 'to read it back');
            await lent
              .resolve('secret:portal/other/database#password', 'to steal it')
              .catch(() => undefined);
          },
          { secrets: ['portal/team/*'] },
        );
      },
    });
  },
});

describe('/secrets', () => {
  let portal: SamplePortal;
  let allowed = true;

  beforeAll(async () => {
    portal = await startSamplePortal({
      features: [
        secretsModule,
        createServiceFactory({
          service: coreServices.permissions,
          deps: {},
          factory: () =>
            mockServices.permissions.mock({
              authorize: async requests =>
                requests.map(() => ({
                  result: allowed
                    ? AuthorizeResult.ALLOW
                    : AuthorizeResult.DENY,
                })),
            }),
        }),
      ],
    });
  });
  beforeEach(() => {
    allowed = true;
  });
  afterAll(() => portal.stop());

  it('lists what may be said of secrets, and stores with their problems', async () => {
    const { status, body } = await portal.call('get', '/secrets', {
      as: OSCAR,
    });
    expect(status).toBe(200);
    expect(body.stores).toEqual([
      expect.objectContaining({ id: 'portal', isDefault: true }),
      expect.objectContaining({ id: 'vault', problem: 'Vault is sealed' }),
    ]);
    expect(body.secrets).toEqual([
      expect.objectContaining({
        store: 'portal',
        path: 'team/database',
        version: 1,
        labels: { database: 'users' },
        due: false,
      }),
    ]);
    const due = await portal.call('get', '/secrets/due', { as: OSCAR });
    expect(due.body.secrets).toEqual([]);
  });

  it('tells who used what and who was refused, page by page', async () => {
    const first = await portal.call('get', '/secrets/access?limit=2', {
      as: OSCAR,
    });
    expect(first.body.entries).toEqual([
      expect.objectContaining({ outcome: 'refused', purpose: 'to steal it' }),
      expect.objectContaining({ outcome: 'granted', action: 'read' }),
    ]);
    const second = await portal.call(
      'get',
      `/secrets/access?limit=2&before=${first.body.before}`,
      { as: OSCAR },
    );
    expect(second.body.entries).toEqual([
      expect.objectContaining({ action: 'put', actor: 'system' }),
    ]);
    expect(second.body).not.toHaveProperty('before');
  });

  it.each(ROUTES)('%s never answers a value', async route => {
    const { body } = await portal.call('get', route, { as: OSCAR });
    expect(JSON.stringify(body)).not.toMatch(/4711|\[secret\]/);
  });

  it.each(ROUTES)('%s is for those with the permission only', async route => {
    allowed = false;
    const denied = await portal.call('get', route, { as: OSCAR });
    expect(denied.status).toBe(403);
    expect(denied.body.error?.message).toContain('agentic.secret.read');
    const nobody = await portal.call('get', route, {
      as: mockCredentials.none.header(),
    });
    expect(nobody.status).toBe(401);
  });

  it.each([
    '/secrets?value=true',
    '/secrets/due?all=1',
    '/secrets/access?limit=0',
    '/secrets/access?limit=1000',
    '/secrets/access?before=-1',
    '/secrets/access?password=x',
  ])('refuses %s', async route => {
    const { status } = await portal.call('get', route, { as: OSCAR });
    expect(status).toBe(400);
  });

  it.each(['/secrets', '/secrets/rotate', '/secrets/team/database'])(
    'takes nothing at %s',
    async route => {
      const { status } = await portal.call('post', route, {
        as: OSCAR,
        body: { values: { password: 'x' } },
      });
      expect(status).toBe(404);
    },
  );
});
