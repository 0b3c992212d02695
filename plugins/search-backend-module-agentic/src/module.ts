import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { readSchedule } from './readSchedule';
import { WorkflowCollatorFactory } from './WorkflowCollatorFactory';
import { WorkflowDocumentsClient } from './WorkflowDocumentsClient';

/** Adds the collator of workflows to the search plugin. */
export const searchModuleAgentic = createBackendModule({
  pluginId: 'search',
  moduleId: 'agentic-collator',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        index: searchIndexRegistryExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, config, discovery, index, scheduler }) {
        index.addCollator({
          schedule: scheduler.createScheduledTaskRunner(readSchedule(config)),
          factory: new WorkflowCollatorFactory(
            new WorkflowDocumentsClient({ auth, discovery }),
          ),
        });
      },
    });
  },
});
