import { z } from 'zod';
import type { Checker } from '../FileCheck';
import { schemaViolations } from '../yaml/schemaViolations';
import { parseYamlSource } from '../yaml/YamlSource';

const NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const TAG = /^[a-z0-9:+#]+(-[a-z0-9:+#]+)*$/;
const REF = /^(?:[A-Za-z0-9-]+:)?(?:[A-Za-z0-9-]+\/)?[A-Za-z0-9._-]+$/;

const name = z.string().regex(NAME, 'is not a valid entity name');
const ref = z.string().regex(REF, 'is not an entity reference');
const refs = z.array(ref).optional();
const word = z.string().min(1);

const metadata = z.looseObject({
  name,
  namespace: name.optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  labels: z.record(z.string(), z.string()).optional(),
  tags: z.array(z.string().regex(TAG, 'is not a valid tag')).optional(),
  links: z
    .array(z.looseObject({ url: z.url(), title: z.string().optional() }))
    .optional(),
});

const SPECS: Readonly<Record<string, z.ZodType>> = {
  Component: z.looseObject({
    type: word,
    lifecycle: word,
    owner: ref,
    system: ref.optional(),
    subcomponentOf: ref.optional(),
    providesApis: refs,
    consumesApis: refs,
    dependsOn: refs,
  }),
  API: z.looseObject({
    type: word,
    lifecycle: word,
    owner: ref,
    definition: z.union([word, z.record(z.string(), word)]),
    system: ref.optional(),
  }),
  Resource: z.looseObject({ type: word, owner: ref, dependsOn: refs }),
  System: z.looseObject({ owner: ref, domain: ref.optional() }),
  Domain: z.looseObject({ owner: ref }),
  Location: z.looseObject({
    target: word.optional(),
    targets: z.array(word).optional(),
  }),
  Group: z.looseObject({ type: word, children: z.array(ref) }),
  User: z.looseObject({ memberOf: z.array(ref).optional() }),
};

function entitySchema(kind: string): z.ZodType {
  return z.looseObject({
    apiVersion: z
      .string()
      .regex(/^[a-z0-9.-]+\/[a-z0-9]+$/, 'is not an API version'),
    kind: word,
    metadata,
    ...(SPECS[kind] ? { spec: SPECS[kind] } : {}),
  });
}

/** Checks the entities of a `catalog-info.yaml` by their structure. Whether owners and relations exist, only a catalog knows. */
export const checkCatalogInfo: Checker = async ({ content }) => {
  const { documents, violations } = parseYamlSource(content, 'catalog-info');
  const kinds = documents.map(
    ({ value }) => (value as { kind?: unknown } | undefined)?.kind,
  );
  const unknown = kinds.filter(
    kind => typeof kind === 'string' && !SPECS[kind],
  );
  return {
    violations: [
      ...violations,
      ...documents.flatMap((document, index) =>
        schemaViolations(
          document,
          entitySchema(String(kinds[index])),
          'catalog-info/schema',
        ),
      ),
    ],
    notCovered:
      unknown.length > 0
        ? `No schema for entities of kind ${unknown.join(', ')}`
        : undefined,
  };
};
