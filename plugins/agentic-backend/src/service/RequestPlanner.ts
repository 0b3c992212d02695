import {
  AgentId,
  type CreateWorkflowRequest,
  type Problem,
} from '@agentic-backstage/plugin-agentic-common';
import type { PlanDraft } from '@agentic-backstage/plugin-agentic-node';
import { ConflictError } from '@backstage/errors';
import type { WorkflowStore } from '../database/WorkflowStore';
import type { Registry } from '../runtime/Registry';
import type { Requester } from './Requester';
import { RequestRefused } from './RequestRefused';

/** Turns a request into a plan that the registered agents can carry out. */
export class RequestPlanner {
  readonly #store: WorkflowStore;
  readonly #registry: Registry;
  readonly #environments: readonly string[];

  constructor(options: {
    store: WorkflowStore;
    registry: Registry;
    environments: readonly string[];
  }) {
    this.#store = options.store;
    this.#registry = options.registry;
    this.#environments = options.environments;
  }

  /** Plans a request. Throws {@link RequestRefused} when it cannot be planned. */
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
    this.#checkDraft(result.draft);
    return result.draft;
  }

  /** A plan whose tasks no agent can take is a defect of the planner and must not be accepted. */
  #checkDraft(draft: PlanDraft): void {
    for (const task of draft.tasks) {
      const agent = this.#registry.activeAgent(AgentId.parse(task.agent));
      const input = agent.input.safeParse(task.input);
      if (!input.success) {
        throw new Error(
          `The plan gives agent '${agent.id}' an input it does not take: ${input.error.message}`,
        );
      }
    }
  }

  /** Throws `ConflictError` naming the workflow that holds the service's name. */
  async checkNameIsFree(draft: PlanDraft): Promise<void> {
    const { serviceName } = draft.intent;
    const holder = await this.#store.claimHolder(serviceName);
    if (holder) {
      const problem: Problem = {
        field: 'parameters.serviceName',
        message: `A service named '${serviceName}' exists already or is being created by workflow '${holder}'.`,
        remedy: 'Choose another name, or open that workflow.',
      };
      throw Object.assign(
        new ConflictError(`${problem.message} ${problem.remedy}`),
        {
          problems: [problem],
        },
      );
    }
  }
}

function defaultOwnerOf(requester: Requester): string {
  return (
    requester.ownershipEntityRefs.find(ref => ref.startsWith('group:')) ??
    requester.userEntityRef
  );
}
