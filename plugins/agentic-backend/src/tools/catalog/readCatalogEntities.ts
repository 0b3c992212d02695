import {
  cleanText,
  type Problem,
} from '@agentic-backstage/plugin-agentic-common';
import type { ArtifactFileInput } from '@agentic-backstage/plugin-agentic-node';
import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  DefaultNamespaceEntityPolicy,
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
  type Entity,
} from '@backstage/catalog-model';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';

/** File of a service that describes it to the catalog. */
export const CATALOG_FILE = 'catalog-info.yaml';

const VALIDATORS = [
  componentEntityV1alpha1Validator,
  apiEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
];

/** What a description holds, and what keeps it from being registered. */
export interface CatalogEntities {
  readonly entities: readonly Entity[];
  readonly problems: readonly Problem[];
}

/**
 * Puts the content of files in place of `$text` references to them. The catalog gets these entities
 * without the repository around them, so it could not follow the references itself.
 */
function withInlinedText(
  value: unknown,
  files: ReadonlyMap<string, string>,
): unknown {
  if (Array.isArray(value)) {
    return value.map(item => withInlinedText(item, files));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0][0] === '$text') {
    const file = path.posix.normalize(String(entries[0][1]));
    const content = files.get(file);
    if (content === undefined) {
      throw new Error(`it refers to '${file}', which is not among the files`);
    }
    return content;
  }
  return Object.fromEntries(
    entries.map(([key, item]) => [key, withInlinedText(item, files)]),
  );
}

/** The catalog shows texts as they are: what only deceives the reader is taken out of all of them. */
function cleaned(value: unknown): unknown {
  if (typeof value === 'string') {
    return cleanText(value);
  }
  if (Array.isArray(value)) {
    return value.map(cleaned);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, cleaned(item)]),
      )
    : value;
}

/** Whether pages may link to an address; `javascript:` and `data:` would run in the reader's browser. */
function isLinkable(address: unknown): boolean {
  return (
    typeof address === 'string' &&
    URL.canParse(address) &&
    ['http:', 'https:', 'mailto:'].includes(new URL(address).protocol)
  );
}

const LINK_ANNOTATIONS = ['backstage.io/view-url', 'backstage.io/edit-url'];

function checkLinks({ metadata }: Entity): void {
  const addresses = [
    ...(metadata.links ?? []).map(link => link.url),
    ...LINK_ANNOTATIONS.map(name => metadata.annotations?.[name]).filter(
      address => address !== undefined,
    ),
  ];
  const bad = addresses.find(address => !isLinkable(address));
  if (bad !== undefined) {
    throw new Error(
      `it links to '${bad.slice(0, 100)}', which is no web address`,
    );
  }
}

async function checkEntity(value: unknown): Promise<Entity> {
  const policy = EntityPolicies.allOf([
    new SchemaValidEntityPolicy(),
    new DefaultNamespaceEntityPolicy(),
    new NoForeignRootFieldsEntityPolicy(),
    new FieldFormatEntityPolicy(),
  ]);
  const entity = await policy.enforce(value as Entity);
  if (!entity) {
    throw new Error('it is not an entity');
  }
  for (const validator of VALIDATORS) {
    if (await validator.check(entity)) {
      checkLinks(entity);
      return entity;
    }
  }
  throw new Error(
    `kind '${entity.kind}' of '${entity.apiVersion}' is not one that a service may bring; use Component, API, Resource or System`,
  );
}

/** Reads and checks every entity of a service's `catalog-info.yaml`. */
export async function readCatalogEntities(
  serviceName: string,
  files: readonly ArtifactFileInput[],
): Promise<CatalogEntities> {
  const entities: Entity[] = [];
  const problems: Problem[] = [];
  const refuse = (message: string) =>
    problems.push({
      field: 'artifactIds',
      message: `${CATALOG_FILE}: ${message}`,
      remedy: `Mend ${CATALOG_FILE} in the template, or generate the service again`,
    });
  const byPath = new Map(files.map(file => [file.path, file.content]));
  const text = byPath.get(CATALOG_FILE);
  if (text === undefined) {
    refuse('the artifacts have no such file');
    return { entities, problems };
  }
  const documents = parseAllDocuments(text);
  for (const [index, document] of [...documents].entries()) {
    if (document.contents === null) {
      continue;
    }
    try {
      const [error] = document.errors;
      if (error) {
        throw error;
      }
      const value: unknown = document.toJS({ maxAliasCount: 20 });
      entities.push(await checkEntity(cleaned(withInlinedText(value, byPath))));
    } catch (error) {
      refuse(`document ${index + 1}: ${(error as Error).message}`);
    }
  }
  const refs = entities.map(entity => stringifyEntityRef(entity));
  if (new Set(refs).size !== refs.length) {
    refuse('two documents describe the same entity');
  }
  const component = refs.includes(`component:default/${serviceName}`);
  if (problems.length === 0 && !component) {
    refuse(`there is no Component '${serviceName}' in the default namespace`);
  }
  return { entities, problems };
}
