import {
  agenticPlanningExtensionPoint,
  agenticToolsExtensionPoint,
} from '@agentic-backstage/plugin-agentic-node';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ALL_DATABASE_SECRETS } from '../localPostgres/DatabaseSecrets';
import { LocalPostgres } from '../localPostgres/LocalPostgres';
import { moveOldSecrets } from '../localPostgres/moveOldSecrets';
import { readLocalPostgresOptions } from '../localPostgres/localPostgresOptions';
import { createHttpProbeTool } from './httpProbeTool';
import { readLocalProcessOptions } from './localProcessOptions';
import { LocalProcessTarget } from './LocalProcessTarget';
import { createProcessDeployTool } from './processDeployTool';
import { createProcessLogsTool } from './processLogsTool';
import { reconcileDeployments } from './reconcileDeployments';
import { capLog } from './serviceLog';
import { createLeftoversSweepTask } from './sweepLeftovers';
import { createProcessesSweepTask } from './sweepProcesses';
import { createReleasesSweepTask } from './sweepReleases';

/** Registers `process.deploy`, `http.probe`, `process.logs` and a probe for each language, and keeps logs small. */
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
          createProcessDeployTool(options, target),
          createHttpProbeTool(target),
          createProcessLogsTool(target),
        );
        tools.addSweepTask(
          createProcessesSweepTask(target),
          createReleasesSweepTask(options, target),
          createLeftoversSweepTask(options, target),
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
        tools.addLaunchTask(
          'local-process',
          async (records, secrets) => {
            // Services without a database come up also when this fails.
            await moveOldSecrets(options.dataDir, secrets).then(
              moved =>
                moved.forEach(file =>
                  logger.info(
                    `Moved secrets/${file} into the store of secrets`,
                  ),
                ),
              error =>
                logger.error('Moving passwords into the store failed', error),
            );
            for (const done of await reconcileDeployments(
              target,
              records,
              secrets,
            )) {
              logger.info(
                `${done.serviceName} (${done.deploymentId}) ${done.action}: ${done.detail}`,
              );
            }
          },
          { secrets: [ALL_DATABASE_SECRETS] },
        );
        planning.addRuntimeProbe(
          ...target.toolchains.map(toolchain => ({
            id: toolchain.language,
            probe: async () => [await toolchain.report()],
          })),
        );
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
