import {
  agenticPlanningExtensionPoint,
  agenticToolsExtensionPoint,
} from '@agentic-backstage/plugin-agentic-node';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { LocalPostgres } from './LocalPostgres';
import { readLocalPostgresOptions } from './localPostgresOptions';
import { createPostgresProbe } from './postgresProbe';
import { createPostgresProvisionTool } from './postgresProvisionTool';

/** Registers `postgres.provision` and the probe `postgresql`. */
export const agenticModuleLocalPostgres = createBackendModule({
  pluginId: 'agentic',
  moduleId: 'tool-local-postgres',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        planning: agenticPlanningExtensionPoint,
        tools: agenticToolsExtensionPoint,
      },
      async init({ config, planning, tools }) {
        const options = readLocalPostgresOptions(config);
        tools.addTool(
          createPostgresProvisionTool(options, new LocalPostgres(options)),
        );
        planning.addRuntimeProbe(createPostgresProbe(options));
      },
    });
  },
});
