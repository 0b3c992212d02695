import {
  REPOSITORY_ANNOTATION,
  WORKFLOW_ID_ANNOTATION,
  type ReadBack,
} from '@agentic-backstage/plugin-agentic-common';
import {
  createEffectTool,
  type EffectTool,
  type ToolContext,
} from '@agentic-backstage/plugin-agentic-node';
import type { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { ServiceName } from '../disk/serviceName';
import { awaitCatalog } from './awaitCatalog';
import { readCatalogEntities } from './readCatalogEntities';

/** Topic that tells the catalog module to read the services again. */
export const SERVICES_TOPIC = 'agentic.services';

const Params = z
  .object({
    serviceName: ServiceName,
    repositoryUrl: z.string().max(2000).optional(),
    /** The commit that was published, for the record. */
    commit: z
      .string()
      .regex(/^[0-9a-f]{40}$/, 'must be a full commit id of 40 hex digits')
      .optional(),
    artifactIds: z.array(z.string().min(1).max(200)).min(1).max(20),
  })
  .strict();
/** Parameters of `catalog.register`. */
export type CatalogRegisterParams = z.infer<typeof Params>;

const Result = z.object({
  entityRef: z.string(),
  entities: z.number().int().positive(),
});
/** Result of `catalog.register`. */
export type CatalogRegisterResult = z.infer<typeof Result>;

/** What the tool acts with. */
export interface CatalogRegisterOptions {
  readonly auth: AuthService;
  readonly catalog: CatalogService;
  readonly events: EventsService;
  /** Finds where a service was published, for callers that could not know it when they planned. */
  readonly findPublished?: (
    serviceName: string,
    signal: AbortSignal,
  ) => Promise<{ repositoryUrl: string; commit: string } | undefined>;
  /** How long the catalog may take to show an entity, or to drop it. */
  readonly timeoutMs?: number;
}

function seen(state: ReadBack['state'], evidence: string): ReadBack {
  return { state, evidence, observedAt: new Date().toISOString() };
}

function refOf(serviceName: string): string {
  return `component:default/${serviceName}`;
}

/** Records keep entities as JSON. */
function refOfRecorded(entity: object): string {
  return stringifyEntityRef(entity as Entity);
}

/** Brings a published service into the catalog, and sees each of its entities there. */
export function createCatalogRegisterTool(
  options: CatalogRegisterOptions,
): EffectTool<CatalogRegisterParams, CatalogRegisterResult> {
  const { auth, catalog, events, timeoutMs = 60_000 } = options;

  const credentials = async () => ({
    credentials: await auth.getOwnServiceCredentials(),
  });

  async function read(params: CatalogRegisterParams, context: ToolContext) {
    const files = await Promise.all(
      params.artifactIds.map(id => context.artifacts.files(id)),
    );
    return readCatalogEntities(params.serviceName, files.flat());
  }

  /** Entities as they shall be: tied to the workflow and the repository. */
  async function annotated(
    params: CatalogRegisterParams,
    context: ToolContext,
    repositoryUrl: string | undefined,
  ): Promise<Entity[]> {
    const { entities, problems } = await read(params, context);
    if (problems.length > 0) {
      throw new InputError(problems.map(each => each.message).join('\n'));
    }
    return entities.map(entity => ({
      ...entity,
      metadata: {
        ...entity.metadata,
        annotations: {
          ...entity.metadata.annotations,
          [WORKFLOW_ID_ANNOTATION]: context.workflowId,
          ...(repositoryUrl ? { [REPOSITORY_ANNOTATION]: repositoryUrl } : {}),
        },
      },
    }));
  }

  async function present(refs: string[]): Promise<Array<Entity | undefined>> {
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs: refs },
      await credentials(),
    );
    return items;
  }

  const awaitEntities = (
    refs: string[],
    context: ToolContext,
    wanted: (workflowId: string | undefined) => boolean,
  ) =>
    awaitCatalog(() => present(refs), {
      refs,
      wanted,
      timeoutMs,
      signal: context.signal,
    });

  const announce = (serviceName: string) =>
    events.publish({ topic: SERVICES_TOPIC, eventPayload: { serviceName } });

  return createEffectTool<CatalogRegisterParams, CatalogRegisterResult>({
    id: 'catalog.register',
    title: 'Register in the catalog',
    description:
      "Puts the entities of the service's catalog-info.yaml into the software catalog, tied to the workflow that made them.",
    schema: Params,
    result: Result,

    blastRadius: ({ serviceName }) => ({
      scope: 'service',
      destructive: false,
      description: `The catalog entities of ${serviceName}; entities that others own are not touched`,
    }),

    estimateCost: () => ({
      status: 'known',
      currency: 'USD',
      monthly: 0,
      lines: [
        {
          item: 'Entities in the catalog',
          monthly: 0,
          source: 'Rows in the database of the portal; nothing is rented',
        },
      ],
    }),

    rollbackStrategy: ({ serviceName }) =>
      `The entities of ${serviceName} are withdrawn and the catalog drops them`,

    async validate(params, context) {
      const { entities, problems } = await read(params, context);
      const existing = await present(
        entities.map(each => stringifyEntityRef(each)),
      );
      const foreign = existing.filter(
        entity =>
          entity && !entity.metadata.annotations?.[WORKFLOW_ID_ANNOTATION],
      );
      return [
        ...problems,
        ...foreign.map(entity => ({
          field: 'serviceName',
          message: `The catalog already has ${stringifyEntityRef(
            entity!,
          )}, which was not made by the framework`,
          remedy: 'Choose another name for the service',
        })),
      ];
    },

    async dryRun(params, context) {
      const entities = await annotated(params, context, params.repositoryUrl);
      const refs = entities.map(entity => stringifyEntityRef(entity));
      const existing = await present(refs);
      const changes = refs.map((ref, index) => ({
        action: existing[index] ? ('update' as const) : ('create' as const),
        resource: ref,
        detail: existing[index]
          ? `made by workflow ${
              existing[index]?.metadata.annotations?.[WORKFLOW_ID_ANNOTATION] ??
              'unknown'
            }`
          : 'new in the catalog',
      }));
      return {
        summary: `${refs.length} entities of ${params.serviceName} in the catalog`,
        changes,
        warnings: [],
      };
    },

    async execute(params, context) {
      const { serviceName } = params;
      const found =
        params.repositoryUrl && params.commit
          ? undefined
          : await options.findPublished?.(serviceName, context.signal);
      const repositoryUrl = params.repositoryUrl ?? found?.repositoryUrl;
      const entities = await annotated(params, context, repositoryUrl);
      const record = {
        serviceName,
        workflowId: context.workflowId,
        repositoryUrl: repositoryUrl ?? '',
        commit: params.commit ?? found?.commit ?? '',
        entities: entities.map(entity => ({ ...entity })),
      };
      const before = await context.records.services.get(serviceName);
      if (!isDeepStrictEqual(before, record)) {
        await context.records.services.put(record);
      }
      // Also when it is there already: the announcement may be what a crash had lost.
      await announce(serviceName);
      context.log.info(
        `Registered ${entities.length} entities of ${serviceName}`,
      );
      return { entityRef: refOf(serviceName), entities: entities.length };
    },

    async readBack(params, _result, context) {
      const { serviceName } = params;
      const record = await context.records.services.get(serviceName);
      if (record?.workflowId !== context.workflowId) {
        return seen(
          'absent',
          `No entities of ${serviceName} were registered by ${context.workflowId}`,
        );
      }
      const refs = record.entities.map(entity => refOfRecorded(entity));
      const { ms, other } = await awaitEntities(
        refs,
        context,
        workflowId => workflowId === context.workflowId,
      );
      if (other) {
        return seen(
          'unknown',
          `After ${Math.round(ms / 1000)} s the catalog ${
            other.shown ? 'still shows another version of' : 'does not show'
          } ${
            other.ref
          }; see whether its module for this framework is installed`,
        );
      }
      return {
        ...seen(
          'confirmed',
          `The catalog shows ${refs.join(
            ', ',
          )} with ${WORKFLOW_ID_ANNOTATION} ${context.workflowId}`,
        ),
        result: {
          entityRef: refOf(serviceName),
          entities: record.entities.length,
        },
      };
    },

    async rollback(params, _result, context) {
      const { serviceName } = params;
      const record = await context.records.services.get(serviceName);
      if (record && record.workflowId !== context.workflowId) {
        return seen(
          'absent',
          `The entities of ${serviceName} are those of ${record.workflowId} and stay`,
        );
      }
      // The record may be gone already, taken away before a crash.
      const { entities } = record ?? (await read(params, context));
      await context.records.services.remove(serviceName);
      await announce(serviceName);
      const { ms, other } = await awaitEntities(
        entities.map(entity => refOfRecorded(entity)),
        context,
        workflowId => workflowId !== context.workflowId,
      );
      return other
        ? seen(
            'unknown',
            `The entities were withdrawn, but after ${Math.round(
              ms / 1000,
            )} s the catalog still shows ${other.ref}`,
          )
        : seen('absent', `The catalog no longer shows ${refOf(serviceName)}`);
    },
  });
}
