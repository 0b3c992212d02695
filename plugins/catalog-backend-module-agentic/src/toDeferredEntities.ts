import {
  REPOSITORY_ANNOTATION,
  WORKFLOW_ID_ANNOTATION,
} from '@agentic-backstage/plugin-agentic-common';
import {
  ANNOTATION_EDIT_URL,
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  ANNOTATION_VIEW_URL,
  DefaultNamespaceEntityPolicy,
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { stringifyError } from '@backstage/errors';
import type { DeferredEntity } from '@backstage/plugin-catalog-node';
import type { ServiceRecord } from './ServiceRecord';

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

/** Annotations that only the provider may set: an entity cannot claim another origin. */
const ownAnnotations: readonly string[] = [
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  ANNOTATION_VIEW_URL,
  ANNOTATION_EDIT_URL,
  WORKFLOW_ID_ANNOTATION,
  REPOSITORY_ANNOTATION,
];

function annotationsOf(service: ServiceRecord): Record<string, string> {
  const { serviceName, workflowId, repositoryUrl } = service;
  const location = `agentic:${serviceName}`;
  const isBrowsable = /^https?:\/\//.test(repositoryUrl ?? '');
  return {
    [ANNOTATION_LOCATION]: location,
    [ANNOTATION_ORIGIN_LOCATION]: location,
    [WORKFLOW_ID_ANNOTATION]: workflowId,
    ...(repositoryUrl && { [REPOSITORY_ANNOTATION]: repositoryUrl }),
    // A repository on disk has no pages: links to it would lead nowhere.
    ...(repositoryUrl &&
      isBrowsable && {
        [ANNOTATION_SOURCE_LOCATION]: `url:${repositoryUrl}`,
        [ANNOTATION_VIEW_URL]: repositoryUrl,
        [ANNOTATION_EDIT_URL]: repositoryUrl,
      }),
  };
}

function withAnnotations(entity: Entity, service: ServiceRecord): Entity {
  const given = Object.entries(entity.metadata.annotations ?? {}).filter(
    ([name]) => !ownAnnotations.includes(name),
  );
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: { ...Object.fromEntries(given), ...annotationsOf(service) },
    },
  };
}

function nameOf(entity: unknown, index: number): string {
  const { kind, metadata } = (entity ?? {}) as Partial<Entity>;
  return kind && metadata?.name
    ? `${kind} ${metadata.name}`
    : `entity ${index + 1}`;
}

/**
 * Turns the published services into what the catalog takes. An entity that is not valid, or whose
 * ref another service has already, is left out and named through `skip`; the others go in.
 */
export async function toDeferredEntities(
  services: readonly ServiceRecord[],
  skip: (message: string) => void,
): Promise<DeferredEntity[]> {
  const owners = new Map<string, string>();
  const deferred: DeferredEntity[] = [];
  for (const service of services) {
    for (const [index, given] of service.entities.entries()) {
      const name = nameOf(given, index);
      try {
        const entity = await policy.enforce(given as Entity);
        if (!entity) {
          throw new Error('no policy of the catalog accepts it');
        }
        const ref = stringifyEntityRef(entity);
        const owner = owners.get(ref);
        if (owner) {
          throw new Error(`${ref} is already provided by service ${owner}`);
        }
        owners.set(ref, service.serviceName);
        deferred.push({
          entity: withAnnotations(entity, service),
          locationKey: `agentic:${service.serviceName}`,
        });
      } catch (error) {
        skip(
          `${name} of service ${service.serviceName} (workflow ${
            service.workflowId
          }) is left out of the catalog: ${stringifyError(
            error,
          )}. Correct catalog-info.yaml in its repository`,
        );
      }
    }
  }
  return deferred;
}
