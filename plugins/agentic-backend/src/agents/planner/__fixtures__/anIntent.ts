import type { Intent } from '@agentic-backstage/plugin-agentic-common';

/** The intent of the reference request, changed as told. */
export function anIntent(given: Partial<Intent> = {}): Intent {
  return {
    type: 'create-service',
    serviceName: 'user-service',
    description: 'Keeps users',
    owner: 'group:default/team-a',
    language: 'nodejs',
    pattern: 'rest-api',
    database: 'postgresql',
    environment: 'staging',
    port: 8080,
    highAvailability: false,
    origins: { serviceName: 'words' },
    ...given,
  };
}
