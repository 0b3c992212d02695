import { agenticToolsExtensionPoint } from '@agentic-backstage/plugin-agentic-node';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { readGitOptions } from '../git/gitOptions';
import { publishedHead } from '../git/publishedHead';
import { createCatalogRegisterTool } from './catalogRegisterTool';

/** Registers `catalog.register`. */
export const agenticModuleCatalog = createBackendModule({
  pluginId: 'agentic',
  moduleId: 'tool-catalog',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        events: eventsServiceRef,
        tools: agenticToolsExtensionPoint,
      },
      async init({ auth, catalog, config, events, tools }) {
        const git = readGitOptions(config);
        tools.addTool(
          createCatalogRegisterTool({
            auth,
            catalog,
            events,
            findPublished: (serviceName, signal) =>
              publishedHead(git, serviceName, signal),
          }),
        );
      },
    });
  },
});
