import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { AgenticEntityProvider } from './AgenticEntityProvider';
import { CatalogEntitiesClient } from './CatalogEntitiesClient';
import { readSchedule } from './readSchedule';

/** Adds the entity provider for services created by the Agentic Framework to the catalog. */
export const catalogModuleAgentic = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'agentic',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({
        auth,
        catalog,
        config,
        discovery,
        events,
        logger,
        scheduler,
      }) {
        catalog.addEntityProvider(
          new AgenticEntityProvider({
            client: new CatalogEntitiesClient({ auth, discovery }),
            events,
            logger,
            taskRunner: scheduler.createScheduledTaskRunner(
              readSchedule(config),
            ),
          }),
        );
      },
    });
  },
});
