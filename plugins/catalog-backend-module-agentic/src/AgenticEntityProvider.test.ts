import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type {
  EntityProviderConnection,
  EntityProviderMutation,
} from '@backstage/plugin-catalog-node';
import { aComponent, aService } from './__testUtils__/samples';
import {
  startFakeAgenticApi,
  type FakeAgenticApi,
} from './__testUtils__/startFakeAgenticApi';
import { AgenticEntityProvider } from './AgenticEntityProvider';

class FakeConnection implements EntityProviderConnection {
  readonly mutations: EntityProviderMutation[] = [];

  async applyMutation(mutation: EntityProviderMutation): Promise<void> {
    this.mutations.push(mutation);
  }

  async refresh(): Promise<void> {}

  /** Names of the entities of every mutation. */
  get names(): string[][] {
    return this.mutations.map(mutation =>
      mutation.type === 'full'
        ? mutation.entities.map(({ entity }) => entity.metadata.name)
        : [],
    );
  }
}

describe('AgenticEntityProvider', () => {
  let api: FakeAgenticApi;
  let connection: FakeConnection;
  let events: ReturnType<typeof mockServices.events>;
  let warnings: string[];
  let scheduled: (() => void | Promise<void>) | undefined;
  let provider: AgenticEntityProvider;

  beforeEach(async () => {
    api = await startFakeAgenticApi();
    connection = new FakeConnection();
    events = mockServices.events();
    warnings = [];
    provider = new AgenticEntityProvider({
      client: api.client,
      events,
      logger: mockServices.logger.mock({
        warn: message => warnings.push(message),
      }),
      taskRunner: {
        run: async task => {
          scheduled = () => task.fn(new AbortController().signal);
        },
      },
    });
    await provider.connect(connection);
  });
  afterEach(() => api.stop());

  it('asks in the name of the catalog', async () => {
    await provider.refresh();
    expect(api.requests).toEqual([
      {
        route: 'GET /catalog-entities',
        authorization: mockCredentials.service.header({
          onBehalfOf: mockCredentials.service('plugin:catalog'),
          targetPluginId: 'agentic',
        }),
      },
    ]);
  });

  it('replaces its entities on schedule', async () => {
    api.provide({ items: [aService('one'), aService('two')] });
    await scheduled?.();
    api.provide({ items: [aService('two')] });
    await scheduled?.();
    expect(connection.names).toEqual([['one', 'two'], ['two']]);
  });

  it('replaces its entities at once when an event says so', async () => {
    api.provide({ items: [aService('one')] });
    await events.publish({
      topic: 'agentic.services',
      eventPayload: undefined,
    });
    while (connection.mutations.length === 0) {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    expect(connection.names).toEqual([['one']]);
  });

  it('does nothing on other events', async () => {
    await events.publish({ topic: 'agentic', eventPayload: undefined });
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(api.requests).toEqual([]);
  });

  it('reads once more, and not more often, when told so while it is reading', async () => {
    const late: Promise<void>[] = [];
    api.provide({ items: [] });
    api.beforeAnswer(async () => {
      api.beforeAnswer(async () => {});
      api.provide({ items: [aService('late')] });
      late.push(provider.refresh(), provider.refresh(), provider.refresh());
    });
    await provider.refresh();
    await Promise.all(late);
    expect(late).toHaveLength(3);
    expect(connection.names).toEqual([[], ['late']]);
  });

  it.each([
    ['an outage', { status: 503, body: '{}' }, /503/],
    ['a refusal', { status: 403, body: '{}' }, /403/],
    ['no JSON', { status: 200, body: '<html>' }, /JSON/],
    ['another form', { status: 200, body: '{"services":[]}' }, /items/],
  ])(
    'keeps the entities on %s, says why and recovers',
    async (_, failure, why) => {
      api.provide({ items: [aService('one')] });
      await provider.refresh();
      api.provide(failure);
      await provider.refresh();
      expect(connection.names).toEqual([['one']]);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toMatch(/their entities stay as they were/);
      expect(warnings[0]).toMatch(why);
      api.provide({ items: [] });
      await provider.refresh();
      expect(connection.names).toEqual([['one'], []]);
    },
  );

  it('keeps the entities when nobody answers', async () => {
    api.provide({ items: [aService('one')] });
    await provider.refresh();
    await api.stop();
    await provider.refresh();
    expect(connection.names).toEqual([['one']]);
    expect(warnings).toHaveLength(1);
  });

  it('leaves a bad entity out and reports it once, until it changes', async () => {
    const bad = aService('bad', { entities: [aComponent('no good')] });
    api.provide({ items: [bad, aService('one')] });
    await provider.refresh();
    await provider.refresh();
    expect(connection.names).toEqual([['one'], ['one']]);
    expect(warnings).toHaveLength(1);
    api.provide({ items: [aService('one')] });
    await provider.refresh();
    api.provide({ items: [bad] });
    await provider.refresh();
    expect(warnings).toHaveLength(2);
    expect(warnings[1]).toMatch(/Component no good of service bad/);
  });
});
