import { aComponent, aService } from './__testUtils__/samples';
import { toDeferredEntities } from './toDeferredEntities';

async function convert(services: ReturnType<typeof aService>[]) {
  const skipped: string[] = [];
  const deferred = await toDeferredEntities(services, message =>
    skipped.push(message),
  );
  return { deferred, skipped };
}

const own = {
  'backstage.io/managed-by-location': 'agentic:user-service',
  'backstage.io/managed-by-origin-location': 'agentic:user-service',
  'agentic.io/workflow-id': 'wf-user-service',
};

describe('toDeferredEntities', () => {
  it.each([
    [
      'https://git.example/team/user-service',
      {
        'backstage.io/source-location':
          'url:https://git.example/team/user-service',
        'backstage.io/view-url': 'https://git.example/team/user-service',
        'backstage.io/edit-url': 'https://git.example/team/user-service',
      },
    ],
    ['file:///repositories/user-service.git', {}],
    ['httpsx://git.example/user-service', {}],
  ])('annotates an entity from %s', async (repositoryUrl, links) => {
    const { deferred } = await convert([
      aService('user-service', { repositoryUrl }),
    ]);
    expect(deferred).toEqual([
      {
        locationKey: 'agentic:user-service',
        entity: {
          ...aComponent('user-service'),
          metadata: {
            name: 'user-service',
            namespace: 'default',
            annotations: {
              ...own,
              ...links,
              'agentic.io/repository': repositoryUrl,
            },
          },
        },
      },
    ]);
  });

  it('keeps annotations of the service but not a claim to another origin', async () => {
    const { deferred } = await convert([
      aService('user-service', {
        repositoryUrl: undefined,
        entities: [
          aComponent('user-service', {
            'backstage.io/techdocs-ref': 'dir:.',
            'backstage.io/managed-by-location': 'url:https://evil.example/x',
            'backstage.io/view-url': 'https://evil.example/x',
            'agentic.io/workflow-id': 'wf-of-somebody-else',
          }),
        ],
      }),
    ]);
    expect(deferred[0].entity.metadata.annotations).toEqual({
      ...own,
      'backstage.io/techdocs-ref': 'dir:.',
    });
  });

  it.each([
    [undefined, 'entity 1'],
    ['a string', 'entity 1'],
    [{}, 'entity 1'],
    [{ kind: 'Component' }, 'entity 1'],
    [{ ...aComponent('a b') }, 'Component a b'],
    [{ ...aComponent('x'), apiVersion: 7 }, 'Component x'],
    [{ ...aComponent('x'), relations: 'none' }, 'Component x'],
    [{ ...aComponent('x'), colour: 'red' }, 'Component x'],
  ])('leaves out %j and names it', async (bad, name) => {
    const { deferred, skipped } = await convert([
      aService('user-service', { entities: [bad, aComponent('good')] }),
      aService('other-service'),
    ]);
    expect(deferred.map(({ entity }) => entity.metadata.name)).toEqual([
      'good',
      'other-service',
    ]);
    expect(skipped).toHaveLength(1);
    expect(skipped[0]).toMatch(
      `${name} of service user-service (workflow wf-user-service) is left out of the catalog`,
    );
  });

  it('gives a ref to the first service that provides it', async () => {
    const { deferred, skipped } = await convert([
      aService('first', { entities: [aComponent('shared')] }),
      aService('second', { entities: [aComponent('Shared')] }),
    ]);
    expect(deferred.map(({ locationKey }) => locationKey)).toEqual([
      'agentic:first',
    ]);
    expect(skipped[0]).toMatch(
      /Component Shared of service second.*component:default\/shared is already provided by service first/,
    );
  });
});
