import {
  agenticPlanningExtensionPoint,
  agenticToolsExtensionPoint,
} from '@agentic-backstage/plugin-agentic-node';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { LocalPostgres } from '../localPostgres/LocalPostgres';
import { readLocalPostgresOptions } from '../localPostgres/localPostgresOptions';
import { createHttpProbeTool } from './httpProbeTool';
import { readLocalProcessOptions } from './localProcessOptions';
import { LocalProcessTarget } from './LocalProcessTarget';
import { createNodeProbe } from './nodeProbe';
import { createProcessDeployTool } from './processDeployTool';
import { createProcessLogsTool } from './processLogsTool';
import { reconcileDeployments } from './reconcileDeployments';
import { capLog } from './serviceLog';

/** Registers `process.deploy`, `http.probe`, `process.logs` and the probe `nodejs`, and keeps logs small. */
export const agenticModuleLocalProcess = createBackendModule({
  pluginId: 'agentic',
  moduleId: 'tool-local-process',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        lifecycle: coreServices.rootLifecycle,
        logger: coreServices.logger,
        planning: agenticPlanningExtensionPoint,
        scheduler: coreServices.scheduler,
        tools: agenticToolsExtensionPoint,
      },
      async init({ config, lifecycle, logger, planning, scheduler, tools }) {
        const options = readLocalProcessOptions(config);
        const postgres = new LocalPostgres(readLocalPostgresOptions(config));
        const target = new LocalProcessTarget(options, postgres);
        tools.addTool(
          createProcessDeployTool(options, target, postgres),
          createHttpProbeTool(target),
          createProcessLogsTool(target),
        );
        lifecycle.addShutdownHook(async () => {
          // Services outlive the portal, and so does the database they use; without one it is an orphan.
          const states = await target.states.list();
          if (
            !states.some(
              ({ wanted, database }) => wanted === 'running' && database,
            )
          ) {
            await postgres.stop();
          }
        });
        tools.addLaunchTask('local-process', async records => {
          for (const done of await reconcileDeployments(target, records)) {
            logger.info(
              `${done.serviceName} (${done.deploymentId}) ${done.action}: ${done.detail}`,
            );
          }
        });
        planning.addRuntimeProbe(createNodeProbe(options));
        await scheduler.scheduleTask({
          id: 'agentic-cap-local-logs',
          scope: 'local',
          frequency: { seconds: 30 },
          initialDelay: { seconds: 30 },
          timeout: { seconds: 20 },
          fn: async () => {
            for (const state of await target.states.list()) {
              await capLog(
                target.states.logFile(state.deploymentId),
                options.limits.logMb * 1024 * 1024,
              );
            }
          },
        });
      },
    });
  },
});
