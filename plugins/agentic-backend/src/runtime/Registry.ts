import { laneAllows } from '@agentic-backstage/plugin-agentic-common';
import type {
  Agent,
  AgenticRecords,
  CriticRule,
  DynamicSecretStore,
  Planner,
  PolicyEvaluator,
  RuntimeProbe,
  RuntimeReport,
  SecretAccess,
  SecretStore,
  SweepTask,
  TaskSource,
  Tool,
} from '@agentic-backstage/plugin-agentic-node';
import { NotFoundError } from '@backstage/errors';
import { checkSecretPatterns } from './checkSecretPatterns';
import {
  describeAgent,
  describePlanner,
  PLANNER_ID,
  type AgentDescription,
} from './describeAgent';
import type { GuardedAgent } from './guard/Gate';
import { observedTool } from '../telemetry/observedTool';

interface LaunchTask {
  readonly id: string;
  readonly run: (
    records: AgenticRecords,
    secrets: SecretAccess,
  ) => Promise<void>;
  /** Patterns of the secrets it needs. */
  readonly secrets: readonly string[];
}

const PROBE_TTL_MS = 30_000;

/** What modules have registered, and what follows from it. Filled before the plugin starts; read-only after. */
export class Registry {
  readonly #agents = new Map<string, { agent: Agent; inactive?: string }>();
  readonly #tools = new Map<string, Tool>();
  readonly #evaluators = new Map<string, PolicyEvaluator>();
  readonly #criticRules = new Map<string, CriticRule>();
  readonly #probes: RuntimeProbe[] = [];
  readonly #taskSources = new Map<string, TaskSource>();
  readonly #launchTasks: LaunchTask[] = [];
  readonly #sweepTasks: SweepTask[] = [];
  readonly #secretStores: SecretStore[] = [];
  readonly #dynamicSecretStores: DynamicSecretStore[] = [];
  #planner: Planner | undefined;
  #runtimes: { at: number; reports: Promise<RuntimeReport[]> } | undefined;

  addAgent(agent: Agent, inactive?: string): void {
    if (agent.id === PLANNER_ID || this.#agents.has(agent.id)) {
      throw new Error(
        `An agent '${agent.id}' is registered already; give one of the two another id`,
      );
    }
    this.#agents.set(agent.id, { agent, inactive });
  }

  addTool(tool: Tool): void {
    if (this.#tools.has(tool.id)) {
      throw new Error(
        `A tool '${tool.id}' is registered already; give one of the two another id`,
      );
    }
    this.#tools.set(tool.id, observedTool(tool));
  }

  addEvaluator(evaluator: PolicyEvaluator): void {
    if (this.#evaluators.has(evaluator.id)) {
      throw new Error(
        `A policy evaluator '${evaluator.id}' is registered already; give one of the two another id`,
      );
    }
    this.#evaluators.set(evaluator.id, evaluator);
  }

  addCriticRule(rule: CriticRule): void {
    if (this.#criticRules.has(rule.id)) {
      throw new Error(
        `A critic rule '${rule.id}' is registered already; give one of the two another id`,
      );
    }
    this.#criticRules.set(rule.id, rule);
  }

  /** The rules of the critic that modules have added to the built-in ones. */
  get criticRules(): readonly CriticRule[] {
    return [...this.#criticRules.values()];
  }

  addRuntimeProbe(probe: RuntimeProbe): void {
    this.#probes.push(probe);
  }

  addTaskSource(source: TaskSource): void {
    if (this.#taskSources.has(source.id)) {
      throw new Error(
        `A source of tasks '${source.id}' is registered already; give one of the two another id`,
      );
    }
    this.#taskSources.set(source.id, source);
  }

  /** What adds tasks to the plans of the planner. */
  get taskSources(): readonly TaskSource[] {
    return [...this.#taskSources.values()];
  }

  addLaunchTask(
    id: string,
    run: LaunchTask['run'],
    secrets: readonly string[] = [],
  ): void {
    this.#launchTasks.push({ id, run, secrets });
  }

  /** Ids are compared when all modules have registered; see `SecretStores`. */
  addSecretStore(store: SecretStore): void {
    this.#secretStores.push(store);
  }

  /** Stores of secrets beside the portal's own. */
  get secretStores(): readonly SecretStore[] {
    return this.#secretStores;
  }

  addDynamicSecretStore(store: DynamicSecretStore): void {
    this.#dynamicSecretStores.push(store);
  }

  /** What makes credentials for one call. */
  get dynamicSecretStores(): readonly DynamicSecretStore[] {
    return this.#dynamicSecretStores;
  }

  addSweepTask(task: SweepTask): void {
    if (this.#sweepTasks.some(({ id }) => id === task.id)) {
      throw new Error(
        `A sweep task '${task.id}' is registered already; give one of the two another id`,
      );
    }
    this.#sweepTasks.push(task);
  }

  /** What tools know how to clean up after themselves. */
  get sweepTasks(): readonly SweepTask[] {
    return this.#sweepTasks;
  }

  /** What tools want done before workflows go on. */
  get launchTasks(): readonly LaunchTask[] {
    return this.#launchTasks;
  }

  setPlanner(planner: Planner): void {
    if (this.#planner) {
      throw new Error(
        'A planner is set already; remove one of the two modules that set it',
      );
    }
    this.#planner = planner;
  }

  get planner(): Planner {
    if (!this.#planner) {
      throw new Error(
        'No planner is registered; add the module of the planner agent to the backend',
      );
    }
    return this.#planner;
  }

  get evaluators(): readonly PolicyEvaluator[] {
    return [...this.#evaluators.values()];
  }

  get agents(): ReadonlyArray<{ agent: Agent; inactive?: string }> {
    return [...this.#agents.values()];
  }

  /** An agent that can work. Throws `NotFoundError` with the reason when there is none. */
  activeAgent(id: string): Agent {
    const entry = this.#agents.get(id);
    if (!entry) {
      throw new NotFoundError(
        `No agent '${id}' is registered; add its module to the backend`,
      );
    }
    if (entry.inactive) {
      throw new NotFoundError(`Agent '${id}' is not active: ${entry.inactive}`);
    }
    return entry.agent;
  }

  /** An agent that is registered, active or not. Throws `NotFoundError` when there is none. */
  knownAgent(id: string): Agent {
    const entry = this.#agents.get(id);
    if (!entry) {
      throw new NotFoundError(
        `No agent '${id.slice(0, 63)}'; GET /agents lists them`,
      );
    }
    return entry.agent;
  }

  /** What the guard knows of an agent; one that is not registered any more has declared nothing. */
  guardedAgent(id: string): GuardedAgent {
    return this.#agents.get(id)?.agent ?? { id, lane: 'read_only', tools: [] };
  }

  /** Throws `NotFoundError` for an agent that nobody has registered; an inactive one is known. */
  requireKnown(id: string): void {
    if (id !== PLANNER_ID && !this.#agents.has(id)) {
      throw new NotFoundError(
        `No agent '${id}' is registered; GET /agents lists them`,
      );
    }
  }

  get tools(): readonly Tool[] {
    return [...this.#tools.values()];
  }

  /** What the critic knows of an agent, also of one that is not registered any more. */
  reviewedAgent(
    id: string,
  ): Pick<Agent, 'id' | 'version' | 'lane' | 'artifacts'> {
    return (
      this.#agents.get(id)?.agent ?? { id, version: '', lane: 'read_only' }
    );
  }

  tool(id: string): Tool {
    const tool = this.#tools.get(id);
    if (!tool) {
      throw new NotFoundError(
        `No tool '${id}' is registered; add its module to the backend`,
      );
    }
    return tool;
  }

  /**
   * Checks that every agent's tools exist and fit its lane. Called once when all modules have
   * registered; throws naming the agent, so that a wrong declaration never meets a request.
   */
  checkDeclarations(): void {
    for (const tool of this.#tools.values()) {
      checkSecretPatterns(`Tool '${tool.id}'`, tool.secrets);
    }
    for (const task of this.#launchTasks) {
      checkSecretPatterns(`The launch task '${task.id}'`, task.secrets);
    }
    for (const { agent, inactive } of this.#agents.values()) {
      if (inactive) continue;
      checkSecretPatterns(`Agent '${agent.id}'`, agent.secrets);
      for (const id of agent.tools) {
        const tool = this.#tools.get(id);
        if (!tool) {
          throw new Error(
            `Agent '${agent.id}' declares tool '${id}', which is not registered; add the tool's module`,
          );
        }
        if (tool.lane === 'execute' && !laneAllows(agent.lane, 'dry_run')) {
          throw new Error(
            `Agent '${agent.id}' is in lane ${agent.lane} but declares tool '${id}', which changes the world; raise the lane or drop the tool`,
          );
        }
      }
    }
  }

  /** What the machine can do, as of at most half a minute ago. */
  async runtimes(): Promise<RuntimeReport[]> {
    if (!this.#runtimes || Date.now() - this.#runtimes.at > PROBE_TTL_MS) {
      this.#runtimes = {
        at: Date.now(),
        reports: Promise.all(this.#probes.map(probe => probe.probe())).then(
          all => all.flat(),
        ),
      };
    }
    return this.#runtimes.reports;
  }

  /** The capability table: what every agent is and may do, the planner among them. */
  describeAgents(): AgentDescription[] {
    return [
      ...[...this.#agents.values()].map(({ agent, inactive }) =>
        describeAgent(agent, inactive),
      ),
      describePlanner(this.#planner !== undefined),
    ].sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}
