import type { ServiceRecord } from '@agentic-backstage/plugin-agentic-node';
import {
  effectToolContract,
  toolContext,
  type TestToolContext,
} from '@agentic-backstage/plugin-agentic-node/testUtils';
import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
  type AuthService,
} from '@backstage/backend-plugin-api';
import {
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
  type CatalogService,
  type EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import {
  eventsServiceFactory,
  eventsServiceRef,
  type EventsService,
} from '@backstage/plugin-events-node';
import {
  createCatalogRegisterTool,
  SERVICES_TOPIC,
} from './catalogRegisterTool';

jest.setTimeout(90_000);

const annotations = {
  'backstage.io/managed-by-location': 'url:https://example.com/a',
  'backstage.io/managed-by-origin-location': 'url:https://example.com/a',
};
const foreign: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'their-service', annotations },
  spec: { type: 'service', lifecycle: 'production', owner: 'team-b' },
};

/** A real catalog, fed like the catalog module feeds it: by a provider that reads the records on an event. */
const world = {
  records: new Map<string, TestToolContext>(),
  announced: 0,
} as {
  records: Map<string, TestToolContext>;
  announced: number;
  auth: AuthService;
  catalog: CatalogService;
  events: EventsService;
};
let backend: TestBackend;

async function servicesOnRecord(): Promise<ServiceRecord[]> {
  const lists = await Promise.all(
    [...world.records.values()].map(context => context.records.services.list()),
  );
  return lists.flat();
}

beforeAll(async () => {
  backend = await startTestBackend({
    features: [
      catalogPlugin,
      // One event service for all plugins, as in a portal.
      eventsServiceFactory,
      createBackendModule({
        pluginId: 'catalog',
        moduleId: 'test-provider',
        register(reg) {
          reg.registerInit({
            deps: {
              processing: catalogProcessingExtensionPoint,
              events: eventsServiceRef,
            },
            async init({ processing, events }) {
              const update = async (connection: EntityProviderConnection) =>
                connection.applyMutation({
                  type: 'full',
                  entities: [
                    { entity: foreign },
                    ...(await servicesOnRecord()).flatMap(record =>
                      record.entities.map(entity => ({
                        entity: {
                          ...(entity as unknown as Entity),
                          metadata: {
                            ...(entity as unknown as Entity).metadata,
                            annotations: {
                              ...annotations,
                              ...(entity as unknown as Entity).metadata
                                .annotations,
                            },
                          },
                        },
                      })),
                    ),
                  ],
                });
              processing.addEntityProvider({
                getProviderName: () => 'test',
                async connect(connection) {
                  await update(connection);
                  await events.subscribe({
                    id: 'test',
                    topics: [SERVICES_TOPIC],
                    async onEvent() {
                      world.announced += 1;
                      await update(connection);
                    },
                  });
                },
              });
            },
          });
        },
      }),
      createBackendPlugin({
        pluginId: 'agentic',
        register(reg) {
          reg.registerInit({
            deps: {
              auth: coreServices.auth,
              catalog: catalogServiceRef,
              events: eventsServiceRef,
            },
            async init(deps) {
              Object.assign(world, deps);
            },
          });
        },
      }),
    ],
  });
  await catalogShows('component:default/their-service');
});

afterAll(async () => {
  await backend.stop();
});

async function entityInCatalog(ref: string): Promise<Entity | undefined> {
  return world.catalog.getEntityByRef(ref, {
    credentials: await world.auth.getOwnServiceCredentials(),
  });
}

/** The catalog, of which not everything is shown, or something that is not there any more. */
function showing(
  shows: (ref: string) => boolean,
  instead: (ref: string) => Entity | undefined = () => undefined,
): CatalogService {
  return Object.assign(Object.create(world.catalog), {
    getEntitiesByRefs: async (
      ...args: Parameters<CatalogService['getEntitiesByRefs']>
    ) => {
      const { items } = await world.catalog.getEntitiesByRefs(...args);
      const { entityRefs } = args[0];
      return {
        items: items.map((item, index) =>
          shows(entityRefs[index])
            ? item ?? instead(entityRefs[index])
            : undefined,
        ),
      };
    },
  });
}

async function catalogShows(ref: string): Promise<void> {
  while (!(await entityInCatalog(ref))) {
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

function catalogInfo(name: string): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
spec:
  type: service
  lifecycle: experimental
  owner: group:default/team-a
  providesApis: [${name}-api]
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: ${name}-api
spec:
  type: openapi
  lifecycle: experimental
  owner: group:default/team-a
  definition:
    $text: ./openapi.yaml
`;
}

let count = 0;

async function aWorld(content?: string) {
  count += 1;
  const serviceName = `service-${count}`;
  const workflowId = `wf-${count}`;
  const context = toolContext({ serviceName, workflowId });
  world.records.set(serviceName, context);
  const artifact = await context.artifacts.save({
    name: 'service',
    files: [
      {
        path: 'catalog-info.yaml',
        content: content ?? catalogInfo(serviceName),
      },
      { path: 'openapi.yaml', content: 'openapi: 3.1.0\n' },
    ],
  });
  return {
    tool: createCatalogRegisterTool({ ...world, timeoutMs: 30_000 }),
    params: {
      serviceName,
      repositoryUrl: `file:///repositories/${serviceName}.git`,
      commit: 'a'.repeat(40),
      artifactIds: [artifact.artifactId],
    },
    context,
    observe: async () => ({
      records: await context.records.services.list(),
    }),
    async tearDown() {
      world.records.delete(serviceName);
    },
  };
}

const valid = { serviceName: 'user-service', artifactIds: ['a'] };

effectToolContract({
  name: 'catalog.register',
  timeoutMs: 90_000,
  setUp: () => aWorld(),
  invalidParams: {
    'a hostile name': { ...valid, serviceName: '../x' },
    'a name that is no DNS label': { ...valid, serviceName: 'User Service' },
    'an abbreviated commit': { ...valid, commit: 'abc' },
    'no artifacts': { ...valid, artifactIds: [] },
    'unknown fields': { ...valid, owner: 'me' },
  },
});

describe('catalog.register', () => {
  it('brings the entities into the catalog with annotations and inlined definitions', async () => {
    const { tool, params, context } = await aWorld();
    const result = await tool.execute(params, context);
    expect(result).toEqual({
      entityRef: `component:default/${params.serviceName}`,
      entities: 2,
    });
    await tool.readBack(params, result, context);
    const component = await entityInCatalog(result.entityRef);
    expect(component?.metadata.annotations).toMatchObject({
      'agentic.io/workflow-id': context.workflowId,
      'agentic.io/repository': params.repositoryUrl,
    });
    const api = `api:default/${params.serviceName}-api`;
    expect((await entityInCatalog(api))?.spec?.definition).toBe(
      'openapi: 3.1.0\n',
    );
  });

  it('tells create from update, and takes over on the next workflow', async () => {
    const { tool, params, context } = await aWorld();
    const result = await tool.execute(params, context);
    await tool.readBack(params, result, context);
    const next = { ...context, workflowId: 'wf-next' };
    expect((await tool.dryRun(params, next)).changes).toContainEqual({
      action: 'update',
      resource: result.entityRef,
      detail: `made by workflow ${context.workflowId}`,
    });
    await tool.execute(params, next);
    expect(await tool.readBack(params, undefined, next)).toMatchObject({
      state: 'confirmed',
    });
    // The first workflow undone afterwards must not take the second one's entities away.
    expect(await tool.rollback(params, result, context)).toMatchObject({
      state: 'absent',
      evidence: expect.stringContaining('wf-next and stay'),
    });
    expect(
      await context.records.services.get(params.serviceName),
    ).toBeDefined();
  });

  it('finds where the service was published when it is not told', async () => {
    const { params, context } = await aWorld();
    const tool = createCatalogRegisterTool({
      ...world,
      findPublished: async name => ({
        repositoryUrl: `file:///found/${name}.git`,
        commit: 'b'.repeat(40),
      }),
    });
    const { serviceName, artifactIds } = params;
    await tool.execute({ serviceName, artifactIds }, context);
    const record = await context.records.services.get(serviceName);
    expect(record).toMatchObject({
      repositoryUrl: `file:///found/${serviceName}.git`,
      commit: 'b'.repeat(40),
    });
    expect(JSON.stringify(record?.entities)).toContain(
      `"agentic.io/repository":"file:///found/${serviceName}.git"`,
    );
  });

  it('announces again when it is executed again', async () => {
    const { tool, params, context } = await aWorld();
    await tool.execute(params, context);
    await tool.readBack(params, undefined, context);
    const before = world.announced;
    await tool.execute(params, context);
    while (world.announced === before) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    expect(world.announced).toBe(before + 1);
  });

  it('refuses the name of an entity it did not make', async () => {
    const { tool, params, context } = await aWorld(
      catalogInfo('their-service'),
    );
    expect(
      await tool.validate({ ...params, serviceName: 'their-service' }, context),
    ).toEqual([
      {
        field: 'serviceName',
        message: expect.stringContaining('component:default/their-service'),
        remedy: expect.any(String),
      },
    ]);
  });

  it('is unknown, not confirmed, while the catalog does not show the entity', async () => {
    const { params, context } = await aWorld();
    const tool = createCatalogRegisterTool({
      ...world,
      timeoutMs: 500,
      events: { publish: async () => {}, subscribe: async () => {} },
    });
    await tool.execute(params, context);
    expect(await tool.readBack(params, undefined, context)).toMatchObject({
      state: 'unknown',
      evidence: expect.stringContaining('does not show'),
    });
  });

  it('is unknown, not confirmed or absent, until every entity has come or gone', async () => {
    const { tool, params, context } = await aWorld();
    const api = `api:default/${params.serviceName}-api`;
    const withoutApi = createCatalogRegisterTool({
      ...world,
      timeoutMs: 500,
      catalog: showing(ref => ref !== api),
    });
    const result = await tool.execute(params, context);
    expect((await tool.readBack(params, result, context)).state).toBe(
      'confirmed',
    );
    expect(await withoutApi.readBack(params, result, context)).toMatchObject({
      state: 'unknown',
      evidence: expect.stringContaining(`does not show ${api}`),
    });
    const late = (await entityInCatalog(api))!;
    const stillWithApi = createCatalogRegisterTool({
      ...world,
      timeoutMs: 2_000,
      catalog: showing(
        () => true,
        ref => (ref === api ? late : undefined),
      ),
    });
    expect(await stillWithApi.rollback(params, result, context)).toMatchObject({
      state: 'unknown',
      evidence: expect.stringContaining(`still shows ${api}`),
    });
  });

  it('sees to its end what a crash had left half undone', async () => {
    const { tool, params, context } = await aWorld();
    const result = await tool.execute(params, context);
    await tool.readBack(params, result, context);
    await context.records.services.remove(params.serviceName);
    expect((await tool.rollback(params, result, context)).state).toBe('absent');
    const api = `api:default/${params.serviceName}-api`;
    expect(await entityInCatalog(api)).toBeUndefined();
  });

  it.each([
    ['no YAML', 'a: [', /document 1/],
    ['no entity', 'a: b', /document 1/],
    [
      'a kind that a service may not bring',
      catalogInfo('x').replace('kind: Component', 'kind: User'),
      /kind 'User'/,
    ],
    ['a missing owner', catalogInfo('x').replace(/owner: .*/, ''), /owner/],
    ['another service', catalogInfo('other'), /no Component 'service-/],
    [
      'the same entity twice',
      `${catalogInfo('x')}---\n${catalogInfo('x')}`,
      /same entity/,
    ],
    [
      'a reference out of the repository',
      catalogInfo('x').replace('./openapi.yaml', '../../secrets/x.json'),
      /not among the files/,
    ],
    [
      'an alias bomb',
      `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b]\n`,
      /document 1/,
    ],
  ])('refuses a description with %s', async (_, content, message) => {
    const { tool, params, context } = await aWorld(content);
    const problems = await tool.validate(params, context);
    expect(problems.map(problem => problem.message).join('\n')).toMatch(
      message,
    );
    await expect(tool.execute(params, context)).rejects.toMatchObject({
      name: 'InputError',
    });
    expect(await context.records.services.list()).toEqual([]);
  });

  it('refuses artifacts without a description', async () => {
    const { tool, params, context } = await aWorld();
    const { artifactId } = await context.artifacts.save({
      name: 'other',
      files: [{ path: 'a', content: 'a' }],
    });
    expect(
      await tool.validate({ ...params, artifactIds: [artifactId] }, context),
    ).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('no such file'),
      }),
    ]);
  });
});
