import {
  agenticAgentsExtensionPoint,
  agenticCriticExtensionPoint,
  agenticPlanningExtensionPoint,
  agenticPoliciesExtensionPoint,
  agenticSecretsExtensionPoint,
  agenticToolsExtensionPoint,
} from '@agentic-backstage/plugin-agentic-node';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { builtInAgents } from './agents';
import { readAgenticConfig } from './config';
import { AgenticDatabase } from './database/AgenticDatabase';
import { createHost } from './createHost';
import { createRouter } from './router/createRouter';
import { CatalogMemberships } from './permissions/CatalogMemberships';
import { registerResourceTypes } from './permissions/registerResourceTypes';
import { WorkflowResources } from './permissions/WorkflowResources';
import { Access } from './router/access';
import { API_ROOTS } from './router/operationOf';
import { maskedLogger } from './runtime/maskedLogger';
import { Registry } from './runtime/Registry';
import { correlatedLogger } from './telemetry/correlatedLogger';

/** The host of the agents: API, engine, guard and records. Agents, tools and policies come as modules. */
export const agenticPlugin = createBackendPlugin({
  pluginId: 'agentic',
  register(env) {
    const registry = new Registry();
    env.registerExtensionPoint({
      extensionPoint: agenticAgentsExtensionPoint,
      factory: context => {
        const add = (register: () => void): void => {
          try {
            register();
          } catch (error) {
            context.reportModuleStartupFailure({ error: asError(error) });
          }
        };
        return {
          addAgent: (...agents) =>
            add(() => agents.forEach(agent => registry.addAgent(agent))),
          addInactiveAgent: (agent, reason) =>
            add(() => registry.addAgent(agent, reason)),
        };
      },
    });
    env.registerExtensionPoint({
      extensionPoint: agenticToolsExtensionPoint,
      factory: context => ({
        addTool: (...tools) => {
          try {
            tools.forEach(tool => registry.addTool(tool));
          } catch (error) {
            context.reportModuleStartupFailure({ error: asError(error) });
          }
        },
        addSweepTask: (...tasks) => {
          try {
            tasks.forEach(task => registry.addSweepTask(task));
          } catch (error) {
            context.reportModuleStartupFailure({ error: asError(error) });
          }
        },
        addLaunchTask: (id, task, options) =>
          registry.addLaunchTask(id, task, options?.secrets),
      }),
    });
    env.registerExtensionPoint({
      extensionPoint: agenticPoliciesExtensionPoint,
      factory: context => ({
        addEvaluator: (...evaluators) => {
          try {
            evaluators.forEach(evaluator => registry.addEvaluator(evaluator));
          } catch (error) {
            context.reportModuleStartupFailure({ error: asError(error) });
          }
        },
      }),
    });
    env.registerExtensionPoint({
      extensionPoint: agenticSecretsExtensionPoint,
      factory: () => ({
        addStore: (...stores) =>
          stores.forEach(store => registry.addSecretStore(store)),
        addDynamicStore: (...stores) =>
          stores.forEach(store => registry.addDynamicSecretStore(store)),
      }),
    });
    env.registerExtensionPoint({
      extensionPoint: agenticCriticExtensionPoint,
      factory: context => ({
        addRule: (...rules) => {
          try {
            rules.forEach(rule => registry.addCriticRule(rule));
          } catch (error) {
            context.reportModuleStartupFailure({ error: asError(error) });
          }
        },
      }),
    });
    env.registerExtensionPoint({
      extensionPoint: agenticPlanningExtensionPoint,
      factory: context => ({
        setPlanner: planner => {
          try {
            registry.setPlanner(planner);
          } catch (error) {
            context.reportModuleStartupFailure({ error: asError(error) });
          }
        },
        addRuntimeProbe: (...probes) =>
          probes.forEach(probe => registry.addRuntimeProbe(probe)),
        addTaskSource: (...sources) => {
          try {
            sources.forEach(source => registry.addTaskSource(source));
          } catch (error) {
            context.reportModuleStartupFailure({ error: asError(error) });
          }
        },
      }),
    });
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.rootLifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init({ logger, ...others }) {
        const deps = {
          ...others,
          logger: maskedLogger(correlatedLogger(logger)),
        };
        registry.checkDeclarations();
        const config = readAgenticConfig(deps.config);
        const database = await AgenticDatabase.create(deps.database);
        const memberships = new CatalogMemberships(deps);
        const host = createHost({
          memberships,
          ...deps,
          config,
          database,
          registry,
          builtInAgents,
          patient: {
            config: deps.config,
            env: process.env,
            root: process.cwd(),
          },
        });

        const resources = new WorkflowResources(
          database.knex,
          config.approvals,
        );
        registerResourceTypes({
          registry: deps.permissionsRegistry,
          resources,
          knex: database.knex,
        });
        const access = new Access({
          httpAuth: deps.httpAuth,
          userInfo: deps.userInfo,
          permissions: deps.permissions,
          registry: deps.permissionsRegistry,
          resources,
          machines: config.machines,
          memberships,
        });
        deps.httpRouter.use(
          createRouter({ ...deps, access, config, database, host }),
        );
        // Our router demands credentials itself there (demandCredentials.ts), so that refusals are
        // audited. Routes that Backstage or a module adds beside ours stay behind its own barrier.
        for (const root of API_ROOTS) {
          deps.httpRouter.addAuthPolicy({
            path: root,
            allow: 'unauthenticated',
          });
        }

        deps.lifecycle.addStartupHook(() => host.launch());
        deps.lifecycle.addShutdownHook(() => host.shutdown());
      },
    });
  },
});

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
