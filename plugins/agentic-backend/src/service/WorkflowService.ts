import {
  AgentId,
  DEFAULT_TEMPLATE,
  TERMINAL_PHASES,
  type CreateWorkflowRequest,
  type Plan,
  type Problem,
} from '@agentic-backstage/plugin-agentic-common';
import type { PlanDraft } from '@agentic-backstage/plugin-agentic-node';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { randomBytes } from 'node:crypto';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import { effectsOfWorkflow } from '../database/EffectStore';
import { buildEvent } from '../database/Outbox';
import type { TaskRow } from '../database/tables';
import {
  reclaimService,
  type StoredWorkflow,
  type WorkflowStore,
} from '../database/WorkflowStore';
import { digestOf } from '../runtime/canonicalJson';
import { sealPlan } from '../runtime/planHash';
import type { Registry } from '../runtime/Registry';
import type { WorkflowEngine } from '../runtime/WorkflowEngine';
import { RequestRefused } from './RequestRefused';

/** Who asks, as the identity service knows them. */
export interface Requester {
  readonly userEntityRef: string;
  readonly ownershipEntityRefs: readonly string[];
}

/** Accepts, pauses, resumes, cancels and retries workflows. */
export class WorkflowService {
  readonly #database: AgenticDatabase;
  readonly #store: WorkflowStore;
  readonly #registry: Registry;
  readonly #engine: WorkflowEngine;
  readonly #environments: readonly string[];
  readonly #logger: LoggerService;
  #launched = false;

  constructor(options: {
    database: AgenticDatabase;
    store: WorkflowStore;
    registry: Registry;
    engine: WorkflowEngine;
    environments: readonly string[];
    logger: LoggerService;
  }) {
    this.#database = options.database;
    this.#store = options.store;
    this.#registry = options.registry;
    this.#engine = options.engine;
    this.#environments = options.environments;
    this.#logger = options.logger;
  }

  /** Called when the engine drives workflows; what was accepted before is started by the reconciler. */
  engineLaunched(): void {
    this.#launched = true;
  }

  /** Plans a request without keeping anything. Throws {@link RequestRefused} when it cannot be planned. */
  async preview(
    request: CreateWorkflowRequest,
    requester: Requester,
  ): Promise<Plan> {
    const draft = await this.#plan(request, requester);
    await this.#checkNameIsFree(draft);
    return sealPlan(draft, 1);
  }

  /**
   * Plans and accepts a request: after this the workflow is on record and will be carried out, also
   * when the process dies at once. The same idempotency key with the same request answers the same
   * workflow; with another request it is refused.
   */
  async create(
    request: CreateWorkflowRequest,
    requester: Requester,
  ): Promise<{ stored: StoredWorkflow; created: boolean }> {
    const known = await this.#findSame(request, requester);
    const draft = await this.#plan(request, requester);
    if (known) {
      checkSameIntent(known, draft);
      return { stored: known, created: false };
    }
    const plan = sealPlan(draft, 1);
    const id = `wf-${randomBytes(6).toString('hex')}`;
    try {
      await this.#checkNameIsFree(draft);
      await this.#insert(id, request, requester, plan);
    } catch (error) {
      // The same request may have come twice at once: the other one has the key, or the name.
      const winner = await this.#findSame(request, requester);
      if (winner) {
        checkSameIntent(winner, draft);
        return { stored: winner, created: false };
      }
      throw error;
    }
    // Not waited for: the row is the truth, and an engine that is slow or away must not slow this down.
    this.#start(id, 1);
    return { stored: (await this.#store.get(id))!, created: true };
  }

  /** Stops new work; what runs finishes its stage. */
  async pause(id: string, by: string, reason: string): Promise<void> {
    await this.#control(id, async tx => {
      refuseEnded(tx.workflow.phase, 'paused');
      if (tx.workflow.paused) {
        throw new ConflictError(
          `Workflow '${id}' is paused already; resume it to go on`,
        );
      }
      tx.update({ paused: true });
      tx.events.add({
        type: 'workflow',
        message: `${by} asked to pause${because(reason)}`,
      });
    });
  }

  /** Goes on after a pause. */
  async resume(id: string, by: string, reason: string): Promise<void> {
    await this.#control(id, async tx => {
      if (!tx.workflow.paused) {
        throw new ConflictError(
          `Workflow '${id}' is not paused, so there is nothing to resume`,
        );
      }
      tx.update({ paused: false });
      tx.events.add({
        type: 'workflow',
        message: `${by} resumed it${because(reason)}`,
      });
    });
  }

  /** Ends the workflow and undoes what it did, last first. */
  async cancel(id: string, by: string, reason: string): Promise<void> {
    await this.#control(id, async tx => {
      refuseEnded(tx.workflow.phase, 'cancelled');
      if (tx.workflow.cancel_reason !== null) {
        throw new ConflictError(
          `Workflow '${id}' is being cancelled already; wait for it to end`,
        );
      }
      tx.update({
        cancel_reason: reason ? `${by}: ${reason}` : `Cancelled by ${by}`,
        cancelled_by: by,
        paused: false,
      });
      tx.events.add({
        type: 'workflow',
        level: 'warn',
        message: `${by} cancelled it${because(reason)}`,
      });
    });
  }

  /**
   * Tries failed tasks again, and those that were undone with them. Starts a new run of a workflow
   * that had ended. Throws `ConflictError` when nothing has failed.
   */
  async retry(
    id: string,
    by: string,
    options: { taskId?: string; reason: string },
  ): Promise<void> {
    let generation = 0;
    await this.#database.withWorkflow(id, async tx => {
      const { workflow } = tx;
      const stored = (await this.#store.get(id, tx.trx))!;
      if (!['failed', 'rolled_back'].includes(workflow.phase)) {
        throw new ConflictError(
          `Workflow '${id}' is ${workflow.phase}; only one that failed or was rolled back can be retried`,
        );
      }
      const again = tasksToRetry(stored, options.taskId);
      await reclaimService(tx.trx, workflow);
      const policies = new Map(
        stored.plan.tasks.map(task => [task.taskId, task.policy]),
      );
      for (const task of again) {
        await tx
          .trx<TaskRow>('tasks')
          .where({ workflow_id: id, task_id: task.task_id })
          .update({
            status: 'pending',
            attempts_left: policies.get(task.task_id)!.maxAttempts,
            retry_at: null,
            error: null,
            output: null,
            started_at: null,
            completed_at: null,
          });
      }
      generation = workflow.generation + 1;
      tx.update({
        phase: 'running',
        generation,
        error: null,
        completed_at: null,
        cancel_reason: null,
        cancelled_by: null,
        paused: false,
      });
      tx.events.add({
        type: 'workflow',
        message: `${by} retries ${again
          .map(task => task.task_id)
          .join(', ')}${because(options.reason)}`,
      });
    });
    await this.#start(id, generation);
  }

  /** Wakes the run of a workflow after something outside it has changed. */
  async wake(id: string): Promise<void> {
    const row = await this.#store.row(id);
    if (row) {
      await this.#signal(id, row.generation);
    }
  }

  async #control(
    id: string,
    change: Parameters<AgenticDatabase['withWorkflow']>[1],
  ): Promise<void> {
    await this.#database.withWorkflow(id, change);
    await this.wake(id);
  }

  async #plan(
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

  async #checkNameIsFree(draft: PlanDraft): Promise<void> {
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

  async #findSame(
    request: CreateWorkflowRequest,
    requester: Requester,
  ): Promise<StoredWorkflow | undefined> {
    if (!request.idempotencyKey) {
      return undefined;
    }
    const row = await this.#store.findByIdempotencyKey(
      requester.userEntityRef,
      request.idempotencyKey,
    );
    return row && this.#store.get(row.id);
  }

  async #insert(
    id: string,
    request: CreateWorkflowRequest,
    requester: Requester,
    plan: Plan,
  ): Promise<void> {
    const { intent } = plan;
    const refs = plan.tasks.map(task => ({
      task_id: task.taskId,
      agent: task.agent,
      priority: task.priority,
    }));
    const event = { agent: 'planner', correlationId: id } as const;
    await this.#store.insert({
      id,
      requestedBy: requester.userEntityRef,
      idempotencyKey: request.idempotencyKey,
      template: plan.template ?? DEFAULT_TEMPLATE,
      description: request.description,
      plan,
      events: [
        {
          type: 'workflow',
          message: `${requester.userEntityRef} asked for ${intent.serviceName} in ${intent.environment}`,
        },
        ...plan.stages.map(stage => ({
          type: 'workflow' as const,
          message: `Planning, ${stage.stage}: ${stage.summary}`,
          data: { details: stage.details },
        })),
      ],
      published: [
        buildEvent({
          ...event,
          type: 'workflow.created',
          detail: {
            workflow_id: id,
            requested_by: requester.userEntityRef,
            service_name: intent.serviceName,
            template: plan.template,
            environment: intent.environment,
            tasks: refs,
          },
        }),
        buildEvent({
          ...event,
          type: 'planner.tasks.created',
          detail: { workflow_id: id, tasks: refs },
        }),
        ...refs.map(ref =>
          buildEvent({
            ...event,
            type: 'task.created',
            detail: { workflow_id: id, ...ref },
          }),
        ),
      ],
    });
  }

  /** The row is the truth: when the engine cannot be reached now, the reconciler starts the run later. */
  async #start(workflowId: string, generation: number): Promise<void> {
    if (!this.#launched) {
      return;
    }
    try {
      await this.#engine.startRun({ workflowId, generation });
    } catch (error) {
      this.#logger.warn(
        `The engine did not start ${workflowId}; the reconciler will`,
        {
          error: String(error),
        },
      );
    }
  }

  async #signal(workflowId: string, generation: number): Promise<void> {
    if (!this.#launched) {
      return;
    }
    try {
      await this.#engine.signal({ workflowId, generation });
    } catch (error) {
      this.#logger.warn(
        `The engine did not take the signal for ${workflowId}`,
        {
          error: String(error),
        },
      );
    }
  }

  /** The workflow with everything, or `NotFoundError`. */
  async get(id: string): Promise<StoredWorkflow> {
    const stored = await this.#store.get(id);
    if (!stored) {
      throw new NotFoundError(
        `No workflow '${id.slice(
          0,
          80,
        )}'; check the id, or list the workflows you may see`,
      );
    }
    return stored;
  }

  /** Says whether anything a workflow did is still in the world. */
  async hasEffects(id: string): Promise<boolean> {
    const effects = await effectsOfWorkflow(this.#database.knex, id);
    return effects.some(effect => effect.status === 'confirmed');
  }
}

/** A key stands for one request: another request under it is a mistake of the client, not a repetition. */
function checkSameIntent(known: StoredWorkflow, draft: PlanDraft): void {
  if (digestOf(known.plan.intent) !== digestOf(draft.intent)) {
    throw new ConflictError(
      `The idempotencyKey was used for another request, which became workflow '${known.row.id}'; send a new key with a new request`,
    );
  }
}

function because(reason: string): string {
  return reason ? `: ${reason}` : '';
}

function refuseEnded(
  phase: StoredWorkflow['row']['phase'],
  what: string,
): void {
  if (TERMINAL_PHASES.includes(phase)) {
    throw new ConflictError(
      `The workflow is ${phase} already and cannot be ${what}`,
    );
  }
}

function defaultOwnerOf(requester: Requester): string {
  return (
    requester.ownershipEntityRefs.find(ref => ref.startsWith('group:')) ??
    requester.userEntityRef
  );
}

/** The failed tasks (or the one named), everything undone, and everything that never ran. */
function tasksToRetry(stored: StoredWorkflow, taskId?: string): TaskRow[] {
  const again = stored.tasks.filter(task => task.status !== 'completed');
  if (taskId !== undefined) {
    const task = stored.tasks.find(candidate => candidate.task_id === taskId);
    if (!task) {
      throw new NotFoundError(
        `The workflow has no task '${taskId.slice(0, 20)}'`,
      );
    }
    if (task.status === 'completed') {
      throw new ConflictError(
        `Task '${taskId}' is completed; only a task that failed can be retried`,
      );
    }
  }
  const downstream = new Set(again.map(task => task.task_id));
  for (const task of stored.plan.tasks) {
    if (task.dependsOn.some(id => downstream.has(id))) {
      downstream.add(task.taskId);
    }
  }
  return stored.tasks.filter(task => downstream.has(task.task_id));
}
