import { z } from 'zod';
import type { Operation } from './Operation';
import { OPERATIONS } from './operations';
import { SCHEMAS, type SchemaName } from './schemas';

type JsonObject = Record<string, unknown>;

function refTo(
  name: SchemaName,
  mediaType: string = 'application/json',
): JsonObject {
  return {
    content: {
      [mediaType]: { schema: { $ref: `#/components/schemas/${name}` } },
    },
  };
}

function toOperation(operation: Operation): JsonObject {
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = (operation.query ?? []).map(name => ({
    name,
    in: 'query',
    schema: { type: ['limit', 'after'].includes(name) ? 'integer' : 'string' },
  }));
  const answers = Object.entries(operation.answers).map(([status, name]) => [
    status,
    { description: name, ...refTo(name, operation.mediaType) },
  ]);
  return {
    operationId: operation.id,
    summary: operation.summary,
    ...(operation.open && { security: [] }),
    parameters: [...inPath, ...inQuery],
    ...(operation.body && {
      requestBody: {
        required: operation.body !== 'ControlRequest',
        ...refTo(operation.body),
      },
    }),
    responses: {
      ...(answers.length === 0 && { 204: { description: 'Done' } }),
      ...Object.fromEntries(answers),
      '4XX': {
        description: 'What was wrong, which field, and what to do',
        ...refTo('Error'),
      },
    },
  };
}

function toSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io }) as JsonObject;
  return rest;
}

/** The OpenAPI 3.1 description of the API, made from the schemas that the routes parse with. */
export function openApiDocument(): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: toOperation(operation),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Agentic Framework for Backstage',
      version: '0.1.0',
      description:
        'From a request in words to a running, checked and approved service.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/agentic' }],
    security: [{ backstage: [] }],
    paths,
    components: {
      securitySchemes: {
        backstage: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
      schemas: Object.fromEntries(
        Object.entries(SCHEMAS).map(([name, schema]) => [
          name,
          toSchema(schema, name.endsWith('Request') ? 'input' : 'output'),
        ]),
      ),
    },
  };
}
