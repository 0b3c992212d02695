import {
  createBackendPlugin,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import type { Agent } from '../agents';
import type { CriticRule } from '../critic';
import type { DynamicSecretStore } from '../dynamicSecrets';
import {
  agenticAgentsExtensionPoint,
  agenticCriticExtensionPoint,
  agenticPlanningExtensionPoint,
  agenticPoliciesExtensionPoint,
  agenticSecretsExtensionPoint,
  agenticToolsExtensionPoint,
  type AgenticToolsExtensionPoint,
} from '../extensions';
import type { Planner, RuntimeProbe, TaskSource } from '../planning';
import type { PolicyEvaluator } from '../policies';
import type { SecretStore } from '../secrets';
import type { SweepTask } from '../sweeper';
import type { Tool } from '../tools';

/** What modules have registered, by kind, in their order. */
export interface RegisteredParts {
  readonly agents: Agent[];
  readonly inactiveAgents: Array<{ agent: Agent; reason: string }>;
  readonly tools: Tool[];
  readonly launchTasks: Array<{
    id: string;
    run: Parameters<AgenticToolsExtensionPoint['addLaunchTask']>[1];
    secrets: readonly string[];
  }>;
  readonly sweepTasks: SweepTask[];
  readonly evaluators: PolicyEvaluator[];
  readonly criticRules: CriticRule[];
  readonly planners: Planner[];
  readonly probes: RuntimeProbe[];
  readonly taskSources: TaskSource[];
  readonly secretStores: SecretStore[];
  readonly dynamicSecretStores: DynamicSecretStore[];
}

/** The doors of the host without the host. */
export interface RecordingHost extends RegisteredParts {
  /** Stands in for the plugin of the framework. */
  readonly plugin: BackendFeature;
}

/**
 * A stand-in for the host: start it with the modules under test,
 * `startTestBackend({ features: [host.plugin, module] })`, and look at what they have registered.
 */
export function recordingHost(): RecordingHost {
  const parts: RegisteredParts = {
    agents: [],
    inactiveAgents: [],
    tools: [],
    launchTasks: [],
    sweepTasks: [],
    evaluators: [],
    criticRules: [],
    planners: [],
    probes: [],
    taskSources: [],
    secretStores: [],
    dynamicSecretStores: [],
  };
  const plugin = createBackendPlugin({
    pluginId: 'agentic',
    register(env) {
      env.registerExtensionPoint(agenticAgentsExtensionPoint, {
        addAgent: (...agents) => void parts.agents.push(...agents),
        addInactiveAgent: (agent, reason) =>
          void parts.inactiveAgents.push({ agent, reason }),
      });
      env.registerExtensionPoint(agenticToolsExtensionPoint, {
        addTool: (...tools) => void parts.tools.push(...tools),
        addLaunchTask: (id, run, options) =>
          void parts.launchTasks.push({
            id,
            run,
            secrets: options?.secrets ?? [],
          }),
        addSweepTask: (...tasks) => void parts.sweepTasks.push(...tasks),
      });
      env.registerExtensionPoint(agenticPoliciesExtensionPoint, {
        addEvaluator: (...evaluators) =>
          void parts.evaluators.push(...evaluators),
      });
      env.registerExtensionPoint(agenticCriticExtensionPoint, {
        addRule: (...rules) => void parts.criticRules.push(...rules),
      });
      env.registerExtensionPoint(agenticPlanningExtensionPoint, {
        setPlanner: planner => void parts.planners.push(planner),
        addRuntimeProbe: (...probes) => void parts.probes.push(...probes),
        addTaskSource: (...sources) => void parts.taskSources.push(...sources),
      });
      env.registerExtensionPoint(agenticSecretsExtensionPoint, {
        addStore: (...stores) => void parts.secretStores.push(...stores),
        addDynamicStore: (...stores) =>
          void parts.dynamicSecretStores.push(...stores),
      });
      env.registerInit({ deps: {}, async init() {} });
    },
  });
  return { ...parts, plugin };
}
