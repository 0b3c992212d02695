import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createAgenticGenerateAction } from './actions/createAgenticGenerateAction';
import { createAgenticWorkflowStartAction } from './actions/createAgenticWorkflowStartAction';
import { AgenticClient } from './client/AgenticClient';

/** Adds `agentic:workflow:start` and `agentic:generate` to the scaffolder. */
export const scaffolderModuleAgentic = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'agentic',
  register(reg) {
    reg.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
      },
      async init({ actions, auth, config, discovery }) {
        const client = new AgenticClient({ auth, discovery });
        actions.addActions(
          createAgenticWorkflowStartAction({
            client,
            appBaseUrl: config.getString('app.baseUrl'),
          }),
          createAgenticGenerateAction({ client }),
        );
      },
    });
  },
});
