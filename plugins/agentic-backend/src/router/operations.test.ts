import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  startSamplePortal,
  type SamplePortal,
} from '../__testUtils__/startSamplePortal';

jest.setTimeout(120_000);

const ADA = mockCredentials.user.header('user:default/ada');
const DMITRI = mockCredentials.user.header('user:default/dmitri');
const OSCAR = mockCredentials.user.header('user:default/oscar');
const NOBODY = mockCredentials.none.header();
const MACHINE = mockCredentials.service.header();

/** Only the operator looks after the portal; everybody may work in it. */
const OPERATOR_ONLY = ['agentic.operations.read', 'agentic.sweeper.run'];

describe('limits and sweeper over HTTP', () => {
  let portal: SamplePortal;

  beforeAll(async () => {
    const decide = async (
      requests: ReadonlyArray<{ permission: { name: string } }>,
      options?: { credentials?: { principal?: unknown } },
    ) => {
      const principal = options?.credentials?.principal;
      const isOperator =
        typeof principal === 'object' &&
        principal !== null &&
        'userEntityRef' in principal &&
        principal.userEntityRef === 'user:default/oscar';
      return requests.map(({ permission }) => ({
        result: (OPERATOR_ONLY.includes(permission.name) && !isOperator
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW) as
          | AuthorizeResult.DENY
          | AuthorizeResult.ALLOW,
      }));
    };
    portal = await startSamplePortal({
      agentic: {
        limits: { workflows: { perUser: 2 }, rates: { writesPerMinute: 25 } },
        agents: { maker: { lane: 'execute' } },
      },
      features: [
        createServiceFactory({
          service: coreServices.permissions,
          deps: {},
          factory: () =>
            mockServices.permissions.mock({
              authorize: decide,
              authorizeConditional: decide,
            }),
        }),
      ],
    });
  });
  afterAll(() => portal.stop());

  const start = (serviceName: string, as: string) =>
    portal.call('post', '/workflows', {
      as,
      body: {
        template: 'sample',
        parameters: { serviceName, environment: 'staging' },
      },
    });

  it('refuses one workflow too many with 429 and the reason, and shows it as a limit', async () => {
    expect((await start('one', ADA)).status).toBe(201);
    expect((await start('two', ADA)).status).toBe(201);
    const refused = await start('three', ADA);
    expect(refused.status).toBe(429);
    expect(refused.body.error).toMatchObject({
      name: 'LimitReachedError',
      message:
        'user:default/ada has 2 workflows that are not at their end, and 2 are allowed; wait until one ends, or cancel one',
    });
    const { body } = await portal.call('get', '/limits', { as: ADA });
    expect(body.items).toEqual(
      expect.arrayContaining([
        {
          scope: 'user',
          subject: 'user:default/ada',
          measure: 'workflows',
          period: 'open',
          used: 2,
          allowed: 2,
          state: 'reached',
        },
      ]),
    );
  });

  it('shows teams of others only to those who look after the portal', async () => {
    const teamsOf = async (as: string): Promise<string[]> => {
      const { body } = await portal.call('get', '/limits', { as });
      const items = body.items as Array<{ scope: string; subject: string }>;
      return [
        ...new Set(
          items
            .filter(({ scope }) => scope === 'team')
            .map(({ subject }) => subject),
        ),
      ];
    };
    await portal.call('get', '/limits', { as: ADA });
    expect(await teamsOf(DMITRI)).toEqual(['group:default/team-search']);
    expect(await teamsOf(OSCAR)).toEqual(['group:default/team-payments']);
  });

  it.each([
    ['get', '/limits', NOBODY, 401],
    ['get', '/sweeper/runs', NOBODY, 401],
    ['get', '/sweeper/runs', ADA, 403],
    ['post', '/sweeper/dry-run', ADA, 403],
    ['post', '/sweeper/run', ADA, 403],
    ['post', '/sweeper/run', MACHINE, 403],
    ['post', '/workflows/wf-none/effects/e/undo', ADA, 404],
  ] as const)('%s %s is refused', async (method, route, as, status) => {
    const body = method === 'post' ? { body: {} } : {};
    expect((await portal.call(method, route, { as, ...body })).status).toBe(
      status,
    );
  });

  it('refuses a run that names no report, a wrong one, or more than it knows', async () => {
    const run = (body: object) =>
      portal.call('post', '/sweeper/run', { as: OSCAR, body });
    expect((await run({})).status).toBe(400);
    expect((await run({ reportDigest: '../x' })).status).toBe(400);
    expect((await run({ reportDigest: 'a'.repeat(64) })).status).toBe(404);
    expect(
      (await run({ reportDigest: 'a'.repeat(64), force: true })).status,
    ).toBe(400);
  });

  it('answers a report, and has nothing to do for an empty one', async () => {
    const { status, body } = await portal.call('post', '/sweeper/dry-run', {
      as: OSCAR,
      body: {},
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      createdBy: 'user:default/oscar',
      items: [],
      failures: [],
      stuckEffects: [],
    });
    const run = await portal.call('post', '/sweeper/run', {
      as: OSCAR,
      body: { reportDigest: body.reportDigest },
    });
    expect(run.status).toBe(409);
    const runs = await portal.call('get', '/sweeper/runs', { as: OSCAR });
    expect(runs.body).toEqual({ items: [] });
  });

  it('refuses the twenty-sixth change of a minute, and nobody else’s', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 30; i++) {
      const { status } = await portal.call('post', '/sweeper/dry-run', {
        as: OSCAR,
        body: {},
      });
      statuses.push(status);
    }
    expect(statuses).toContain(429);
    expect((await start('other', DMITRI)).status).toBe(201);
    expect((await portal.call('get', '/limits', { as: OSCAR })).status).toBe(
      200,
    );
  });
});
