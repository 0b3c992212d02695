import type { Intent } from '@agentic-backstage/plugin-agentic-common';
import type { ServiceSpec } from '@agentic-backstage/service-templates';

/** What the templates render of an intent. */
export function toServiceSpec(intent: Intent): ServiceSpec {
  return {
    name: intent.serviceName,
    description: intent.description,
    owner: intent.owner,
    language: intent.language,
    pattern: intent.pattern,
    database: intent.database,
    environment: intent.environment,
    port: intent.port,
    highAvailability: intent.highAvailability,
  };
}
