import { agenticToolsExtensionPoint } from '@agentic-backstage/plugin-agentic-node';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { readStarterIdOptions } from './readStarterIdOptions';
import { createStarterIdTool } from './starterIdTool';

/** Registers `starter.id`, where it is configured. */
export const agenticModuleStarterId = createBackendModule({
  pluginId: 'agentic',
  moduleId: 'tool-starter-id',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        tools: agenticToolsExtensionPoint,
      },
      async init({ config, logger, tools }) {
        const options = readStarterIdOptions(config);
        if (!options) {
          logger.info(
            'Tool starter.id is not there: agentic.starterId is not configured',
          );
          return;
        }
        tools.addTool(createStarterIdTool(options));
      },
    });
  },
});
