import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { Agent } from './agents';
import type { CriticRule } from './critic';
import type { Planner, RuntimeProbe, TaskSource } from './planning';
import type { PolicyEvaluator } from './policies';
import type { AgenticRecords } from './records';
import type { DynamicSecretStore } from './dynamicSecrets';
import type { SecretAccess, SecretStore } from './secrets';
import type { SweepTask } from './sweeper';
import type { Tool } from './tools';

/** Registers agents. The id lives in the agent; a second agent with the same id fails its module by name. */
export interface AgenticAgentsExtensionPoint {
  addAgent(...agents: Agent[]): void;
  /** Lists an agent that is not configured, with the reason, instead of leaving it out in silence. */
  addInactiveAgent(agent: Agent, reason: string): void;
}

/** Where agents register. */
export const agenticAgentsExtensionPoint =
  createExtensionPoint<AgenticAgentsExtensionPoint>({ id: 'agentic.agents' });

/** Registers tools. Every call of a tool goes through the guard. */
export interface AgenticToolsExtensionPoint {
  addTool(...tools: Tool[]): void;
  /**
   * Adds work to be done once when the portal starts, after the host has its database and before any
   * workflow goes on: a target takes over here what it started before. A failure is logged with the
   * id and keeps nothing else from starting. `secrets` declares the secrets it needs, as a tool does.
   */
  addLaunchTask(
    id: string,
    task: (records: AgenticRecords, secrets: SecretAccess) => Promise<void>,
    options?: { readonly secrets?: readonly string[] },
  ): void;
  /** Adds a look for things that this tool left behind; the sweeper decides what may go. */
  addSweepTask(...tasks: SweepTask[]): void;
}

/** Where tools register. */
export const agenticToolsExtensionPoint =
  createExtensionPoint<AgenticToolsExtensionPoint>({ id: 'agentic.tools' });

/** Registers policy evaluators. */
export interface AgenticPoliciesExtensionPoint {
  addEvaluator(...evaluators: PolicyEvaluator[]): void;
}

/** Where policy evaluators register. */
export const agenticPoliciesExtensionPoint =
  createExtensionPoint<AgenticPoliciesExtensionPoint>({
    id: 'agentic.policies',
  });

/** Registers rules of the critic. They can make its verdicts stricter, never milder. */
export interface AgenticCriticExtensionPoint {
  addRule(...rules: CriticRule[]): void;
}

/** Where rules of the critic register. */
export const agenticCriticExtensionPoint =
  createExtensionPoint<AgenticCriticExtensionPoint>({ id: 'agentic.critic' });

/** Sets the planner, adds tasks to its plans, and tells what the machine can do. */
export interface AgenticPlanningExtensionPoint {
  /** Refuses a second call. */
  setPlanner(planner: Planner): void;
  addRuntimeProbe(...probes: RuntimeProbe[]): void;
  /** Adds tasks of agents that the planner does not know. */
  addTaskSource(...sources: TaskSource[]): void;
}

/** Where the planner, the sources of tasks and the runtime probes register. */
export const agenticPlanningExtensionPoint =
  createExtensionPoint<AgenticPlanningExtensionPoint>({
    id: 'agentic.planning',
  });

/** Registers stores of secrets beside the encrypted one that the portal has of its own. */
export interface AgenticSecretsExtensionPoint {
  addStore(...stores: SecretStore[]): void;
  /** Adds what makes credentials for one call. */
  addDynamicStore(...stores: DynamicSecretStore[]): void;
}

/** Where stores of secrets register. */
export const agenticSecretsExtensionPoint =
  createExtensionPoint<AgenticSecretsExtensionPoint>({
    id: 'agentic.secrets',
  });
