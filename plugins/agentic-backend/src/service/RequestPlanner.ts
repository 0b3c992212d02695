import {
  AgentId,
  describeStop,
  LANES,
  type CreateWorkflowRequest,
  type KillSwitch,
  type Lane,
  type Problem,
} from '@agentic-backstage/plugin-agentic-common';
import type { PlanDraft } from '@agentic-backstage/plugin-agentic-node';
import { ServiceUnavailableError } from '@backstage/errors';
import type { WorkflowStore } from '../database/WorkflowStore';
import { PLANNER_ID } from '../runtime/describeAgent';
import type { EffectiveLanes } from '../runtime/guard/gates/promotionGate';
import type { Registry } from '../runtime/Registry';
import { checkRequestedEnvironment } from '../environments/checkEnvironment';
import type { EnvironmentRules } from '../environments/EnvironmentRules';
import { addTasks } from './addTasks';
import type { Requester } from './Requester';
import { RequestRefused } from './RequestRefused';
import { ServiceNameTaken } from './ServiceNameTaken';

/** Turns a request into a plan that the registered agents can carry out. */
export class RequestPlanner {
  readonly #store: WorkflowStore;
  readonly #registry: Registry;
  readonly #lanes: EffectiveLanes;
  readonly #environments: readonly string[];
  readonly #rules: EnvironmentRules;
  readonly #stopOf: (agent: string) => Promise<KillSwitch | undefined>;

  constructor(options: {
    store: WorkflowStore;
    registry: Registry;
    lanes: EffectiveLanes;
    environments: readonly string[];
    /** Who may ask for work in them. */
    rules: EnvironmentRules;
    /** The stop that holds for an agent; no plans are made while the planner is stopped. */
    stopOf: (agent: string) => Promise<KillSwitch | undefined>;
  }) {
    this.#store = options.store;
    this.#registry = options.registry;
    this.#lanes = options.lanes;
    this.#environments = options.environments;
    this.#rules = options.rules;
    this.#stopOf = options.stopOf;
  }

  /**
   * Plans a request. Throws {@link RequestRefused} when it cannot be planned, and
   * `ServiceUnavailableError` while the planner is stopped.
   */
  async plan(
    request: CreateWorkflowRequest,
    requester: Requester,
  ): Promise<PlanDraft> {
    if (
      !request.description?.trim() &&
      !request.template &&
      !Object.keys(request.parameters).length
    ) {
      throw new RequestRefused([
        {
          field: 'description',
          message: 'There is nothing to plan.',
          remedy:
            'Describe what you need, or name a template with its parameters.',
        },
      ]);
    }
    const stop = await this.#stopOf(PLANNER_ID);
    if (stop) {
      throw new ServiceUnavailableError(
        `No plans are made now: ${describeStop(
          stop,
          PLANNER_ID,
        )}. Nothing of this request was kept; send it again later`,
      );
    }
    const result = await this.#registry.planner.plan({
      description: request.description,
      template: request.template,
      parameters: request.parameters,
      requestedBy: requester.userEntityRef,
      defaultOwner: defaultOwnerOf(requester),
      environments: this.#environments,
      runtimes: await this.#registry.runtimes(),
    });
    if (result.status === 'refused') {
      throw new RequestRefused(result.problems, result.questions);
    }
    checkRequestedEnvironment({
      rules: this.#rules,
      request,
      requester,
      intent: result.draft.intent,
    });
    const draft = addTasks(result.draft, this.#registry.taskSources);
    await this.#checkDraft(draft);
    return draft;
  }

  /**
   * A plan whose tasks no agent can take is a defect of the planner and must not be accepted; one
   * that needs an agent which may not even simulate is refused, as it could not get anywhere.
   */
  async #checkDraft(draft: PlanDraft): Promise<void> {
    const problems: Problem[] = [];
    for (const task of draft.tasks) {
      const agent = this.#registry.activeAgent(AgentId.parse(task.agent));
      const input = agent.input.safeParse(task.input);
      if (!input.success) {
        throw new Error(
          `The plan gives agent '${agent.id}' an input it does not take: ${input.error.message}`,
        );
      }
      if (agent.plan && (await this.#lanes.effective(agent)) === 'read_only') {
        problems.push({
          field: `tasks.${task.taskId}`,
          message: `'${task.title}' is the work of agent '${agent.id}', which is in lane read_only and may not even simulate it.`,
          remedy: `Have '${agent.id}' promoted to dry_run by somebody with the permission agentic.agent.promote.`,
        });
      }
    }
    if (problems.length > 0) {
      throw new RequestRefused(problems);
    }
  }

  /** The highest lane the agents of a plan declare: how far its work may go at most. */
  laneOf(draft: PlanDraft): Lane {
    const declared = draft.tasks.map(
      task => this.#registry.activeAgent(AgentId.parse(task.agent)).lane,
    );
    return LANES.findLast(lane => declared.includes(lane)) ?? 'read_only';
  }

  /** Throws {@link ServiceNameTaken} when another workflow holds the service's name. */
  async checkNameIsFree(draft: PlanDraft): Promise<void> {
    const { serviceName } = draft.intent;
    const holder = await this.#store.claimHolder(serviceName);
    if (holder) {
      throw new ServiceNameTaken(serviceName, holder);
    }
  }
}

function defaultOwnerOf(requester: Requester): string {
  return (
    requester.ownershipEntityRefs.find(ref => ref.startsWith('group:')) ??
    requester.userEntityRef
  );
}
