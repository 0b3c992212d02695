import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { agenticApiRef } from '../src';
import { LivelyAgenticApi } from './LivelyAgenticApi';

/** Replaces the backend by sample data that moves on by itself. */
export const devBackendModule = createFrontendModule({
  pluginId: 'agentic',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: agenticApiRef,
          deps: {},
          factory: () => new LivelyAgenticApi(),
        }),
    }),
  ],
});

/** Allows everything, since there is no backend to ask. */
export const devPermissionModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    ApiBlueprint.make({
      name: 'permission',
      params: defineParams =>
        defineParams({
          api: permissionApiRef,
          deps: {},
          factory: () => ({
            authorize: async () => ({ result: AuthorizeResult.ALLOW }),
          }),
        }),
    }),
  ],
});
