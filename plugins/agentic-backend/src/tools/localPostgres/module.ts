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
import { createDatabasesSweepTask } from './sweepDatabases';

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
        const postgres = new LocalPostgres(options);
        tools.addTool(createPostgresProvisionTool(options, postgres));
        tools.addSweepTask(createDatabasesSweepTask(postgres));
        planning.addRuntimeProbe(createPostgresProbe(options));
      },
    });
  },
});
