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

const OSCAR = mockCredentials.user.header('user:default/oscar');
const BEN = mockCredentials.user.header('user:default/ben');
const BUILDS = {
  title: 'Builds fail',
  severity: 'high',
  description: 'All of them since nine',
};

describe('/incidents', () => {
  let portal: SamplePortal;
  let denied: string[] = [];

  beforeAll(async () => {
    portal = await startSamplePortal({
      agentic: { incidents: { escalation: ['group:default/operators'] } },
      features: [
        createServiceFactory({
          service: coreServices.permissions,
          deps: {},
          factory: () =>
            mockServices.permissions.mock({
              authorize: async requests =>
                requests.map(({ permission }) => ({
                  result: denied.includes(permission.name)
                    ? AuthorizeResult.DENY
                    : AuthorizeResult.ALLOW,
                })),
            }),
        }),
      ],
    });
  });
  beforeEach(() => {
    denied = [];
  });
  afterAll(() => portal.stop());

  const post = (route: string, body: object, as = OSCAR) =>
    portal.call('post', `/incidents${route}`, { as, body });
  const get = (route: string) =>
    portal.call('get', `/incidents${route}`, { as: OSCAR });
  const opened = async () => String((await post('', BUILDS)).body.incidentId);

  it('is opened by hand, taken, mitigated and resolved', async () => {
    const { status, body } = await post('', BUILDS);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      source: 'person',
      status: 'open',
      openedBy: 'user:default/oscar',
      escalatedTo: ['group:default/operators'],
      timeline: [{ kind: 'opened', text: BUILDS.description }],
    });
    const id = `/${body.incidentId}`;
    expect((await post(`${id}/acknowledge`, {}, BEN)).body).toMatchObject({
      status: 'acknowledged',
      commander: 'user:default/ben',
    });
    await post(`${id}/assign`, { responders: ['group:default/leads'] });
    await post(`${id}/comment`, { text: 'The disk is full' });
    await post(`${id}/mitigate`, { text: 'Made room' });
    await post(`${id}/resolve`, { text: 'Logs were never rotated' }, BEN);
    expect((await get(id)).body).toMatchObject({
      status: 'resolved',
      resolvedBy: 'user:default/ben',
      resolution: 'Logs were never rotated',
      responders: ['group:default/leads'],
    });
  });

  it('is listed a page at a time', async () => {
    await opened();
    await opened();
    const first = await get('?status=unresolved&severity=high&limit=1');
    expect(first.body.items).toHaveLength(1);
    const second = await get(
      `?status=unresolved&limit=1&cursor=${first.body.nextCursor}`,
    );
    expect(second.body.items).not.toEqual(first.body.items);
    expect((await get('?source=dependency')).body).toMatchObject({ items: [] });
  });

  it.each<[string, () => ReturnType<SamplePortal['call']>, number]>([
    ['an unknown filter', () => get('?state=open'), 400],
    ['an unknown state', () => get('?status=lost'), 400],
    ['a cursor of somewhere else', () => get('?cursor=x'), 400],
    ['an incident that is not there', () => get('/inc-none'), 404],
    [
      'an unknown field',
      () => post('', { ...BUILDS, status: 'resolved' }),
      400,
    ],
    ['no severity', () => post('', { title: 'x', description: 'y' }), 400],
    [
      'doing something about none',
      () => post('/inc-none/resolve', { text: 'x' }),
      404,
    ],
    [
      'resolving without a reason',
      async () => post(`/${await opened()}/resolve`, { text: '  ' }),
      400,
    ],
    [
      'a commander who is a group',
      async () =>
        post(`/${await opened()}/assign`, { commander: 'group:default/leads' }),
      400,
    ],
    [
      'assigning nobody',
      async () => post(`/${await opened()}/assign`, {}),
      400,
    ],
  ])('refuses %s', async (_what, call, status) => {
    const answer = await call();
    expect({ status: answer.status, body: answer.body }).toMatchObject({
      status,
      body: { error: { message: expect.any(String) } },
    });
  });

  it('refuses who comes second, naming the first', async () => {
    const id = await opened();
    await post(`/${id}/acknowledge`, {}, BEN);
    const { status, body } = await post(`/${id}/acknowledge`, {});
    expect(status).toBe(409);
    expect(body.error?.message).toContain('by user:default/ben');
  });

  it('is seen only with the permission to', async () => {
    const id = await opened();
    denied = ['agentic.incident.read'];
    expect((await get('')).status).toBe(403);
    expect((await get(`/${id}`)).status).toBe(403);
  });

  it('is changed only with the permission to, and nobody without credentials asks', async () => {
    const id = await opened();
    denied = ['agentic.incident.manage'];
    expect((await post('', BUILDS)).status).toBe(403);
    for (const step of ['acknowledge', 'comment', 'resolve']) {
      expect((await post(`/${id}/${step}`, { text: 'x' })).status).toBe(403);
    }
    const stranger = mockCredentials.none.header();
    expect((await post('', BUILDS, stranger)).status).toBe(401);
  });
});
