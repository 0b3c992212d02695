import { SearchableWorkflowPage } from '@agentic-backstage/plugin-agentic-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  startSamplePortal,
  type SamplePortal,
} from '../__testUtils__/startSamplePortal';

const ADA = mockCredentials.user.header('user:default/ada');
const SEARCH = mockCredentials.service.header({
  onBehalfOf: mockCredentials.service('plugin:search'),
  targetPluginId: 'agentic',
});

describe('lists of workflows', () => {
  let portal: SamplePortal;
  const ids = new Map<string, string>();

  beforeAll(async () => {
    portal = await startSamplePortal({});
    for (const [serviceName, owner] of [
      ['cart-service', 'group:default/team-payments'],
      ['find-service', 'group:default/team-search'],
      ['ship-service', 'group:default/team-shipping'],
    ]) {
      const { body } = await portal.call('post', '/workflows', {
        as: ADA,
        body: {
          description: `Create ${serviceName}`,
          parameters: { serviceName, owner },
        },
      });
      ids.set(String(body.workflowId), serviceName);
    }
  });
  afterAll(() => portal?.stop());

  const services = async (query: string) => {
    const { status, body } = await portal.call('get', `/workflows${query}`, {
      as: ADA,
    });
    expect(status).toBe(200);
    return (body.items as { serviceName: string }[])
      .map(({ serviceName }) => serviceName)
      .sort();
  };

  it.each([
    ['', ['cart-service', 'find-service', 'ship-service']],
    ['?owner=group:default/team-search', ['find-service']],
    [
      '?owner=group:default/team-search&owner=group:default/team-payments',
      ['cart-service', 'find-service'],
    ],
    ['?owner=group:default/team-search&service=cart', []],
    ['?owner=group:default/nobody', []],
  ])('GET /workflows%s lists %j', async (query, expected) => {
    expect(await services(query)).toEqual(expected);
  });

  it.each([
    '?owner[]=a&owner[][b]=c',
    `?owner=${'a'.repeat(300)}`,
    '?cursor=broken',
    '?limit[]=5',
    '?limit=0',
  ])('refuses GET /workflows%s', async query => {
    const { status, body } = await portal.call('get', `/workflows${query}`, {
      as: ADA,
    });
    expect(status).toBe(400);
    expect(body.error?.message).toMatch(/owner|cursor|limit/);
  });

  it('tells the search plugin, and nobody else, what can be found', async () => {
    for (const as of [ADA, mockCredentials.service.header(), '']) {
      const { status } = await portal.call('get', '/searchable-workflows', {
        as,
      });
      expect([401, 403]).toContain(status);
    }
    const { status, body } = await portal.call('get', '/searchable-workflows', {
      as: SEARCH,
    });
    expect(status).toBe(200);
    const { items, nextCursor } = SearchableWorkflowPage.parse(body);
    expect(nextCursor).toBeUndefined();
    expect(
      items.map(({ workflowId, serviceName }) => [workflowId, serviceName]),
    ).toEqual([...ids].reverse());
    expect(items[1]).toMatchObject({
      description: 'Create find-service',
      owner: 'group:default/team-search',
      environment: 'staging',
      requestedBy: 'user:default/ada',
    });
  });
});
