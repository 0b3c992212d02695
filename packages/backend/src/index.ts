// First, so that everything after it is recorded.
import './telemetry';
import { createBackend } from '@backstage/backend-defaults';
import { answersWithoutStacks } from './answersWithoutStacks';
import { enterRepositoryRoot } from './enterRepositoryRoot';
import { startOrExit } from './startOrExit';

enterRepositoryRoot();

const backend = createBackend();

backend.add(answersWithoutStacks);

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('./examplePeople'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./permissionPolicy'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@agentic-backstage/plugin-catalog-backend-module-agentic'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-notifications'),
);
backend.add(
  import('@agentic-backstage/plugin-scaffolder-backend-module-agentic'),
);

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-search-backend-module-techdocs'));
backend.add(import('@agentic-backstage/plugin-search-backend-module-agentic'));
backend.add(import('@backstage/plugin-techdocs-backend'));

backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-mcp-actions-backend'));

backend.add(import('@agentic-backstage/plugin-agentic-backend'));
// An agent of one's own; inactive until agentic.runbook.folder is configured.
backend.add(import('@agentic-backstage/example-custom-agent'));

startOrExit(backend);
