import {
  createApiFactory,
  createPlugin,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { createAgenticClient } from '../api/createAgenticClient';
import { agenticApiRef } from '../api/AgenticApi';
import { legacyExternalRoutes, legacyRoutes } from './legacyRoutes';

/** The plugin of the legacy frontend system: the API of the backend, and the routes of every page. */
export const agenticLegacyPlugin = createPlugin({
  id: 'agentic',
  apis: [
    createApiFactory({
      api: agenticApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => createAgenticClient(deps),
    }),
  ],
  routes: legacyRoutes,
  externalRoutes: legacyExternalRoutes,
});
