import { findTemplate } from '../templates';
import { Provenance, RenderedFile, ServiceSpec } from '../types';

/** A usable spec; change what the test is about. */
export function aSpec(changes: Partial<ServiceSpec> = {}): ServiceSpec {
  return {
    name: 'user-service',
    description: 'Keeps the users of the shop',
    owner: 'group:default/team-a',
    language: 'nodejs',
    pattern: 'rest-api',
    database: 'postgresql',
    environment: 'staging',
    port: 8080,
    ...changes,
  };
}

/** Usable provenance; change what the test is about. */
export function someProvenance(changes: Partial<Provenance> = {}): Provenance {
  const template = findTemplate(aSpec());
  return {
    generator: 'agentic-codegen',
    requestId: 'wf-2026-0001',
    requestedBy: 'user:default/ada',
    approvals: {},
    purpose: 'Create user-service with a REST API',
    template: template?.id ?? '',
    templateHash: template?.hash ?? '',
    ...changes,
  };
}

/** Every variant that there is, as rows for `it.each`. */
export const variants: readonly ServiceSpec[] = [
  aSpec(),
  aSpec({ database: 'none', environment: 'development' }),
  aSpec({ environment: 'production', highAvailability: true, port: 3000 }),
  aSpec({
    database: 'none',
    name: 'abc',
    repositoryUrl: 'https://git.example.com/shop/abc',
  }),
];

/** The variants of Node.js and one or two of every other language. */
export const variantsOfEveryLanguage: readonly ServiceSpec[] = [
  ...variants,
  ...['python', 'go'].flatMap(language => [
    aSpec({ language, environment: 'production', port: 3000 }),
    aSpec({ language, database: 'none', name: 'abc' }),
  ]),
];

/** The content of one file; fails when it was not rendered. */
export function contentOf(
  files: readonly RenderedFile[],
  path: string,
): string {
  const file = files.find(each => each.path === path);
  if (!file) {
    throw new Error(`${path} was not rendered`);
  }
  return file.content;
}
