import {
  planDifference,
  planDiffers,
  TERMINAL_PHASES,
  WorkflowParameters,
  type Plan,
  type PlanRevision,
  type ReviseWorkflowRequest,
} from '@agentic-backstage/plugin-agentic-common';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import type {
  AgenticDatabase,
  WorkflowTransaction,
} from '../database/AgenticDatabase';
import { voidApprovals } from '../database/ApprovalStore';
import { effectsOfWorkflow } from '../database/EffectStore';
import { buildEvent, enqueueEvents } from '../database/Outbox';
import { insertPlanRevision } from '../database/PlanRevisionStore';
import { isoNow } from '../database/rows';
import type { PlanRow, TaskRow } from '../database/tables';
import {
  releaseService,
  reclaimService,
  type StoredWorkflow,
} from '../database/WorkflowStore';
import { sealPlan } from '../runtime/planHash';
import { redact } from '../runtime/redact';
import type { Requester } from './Requester';
import type { RequestPlanner } from './RequestPlanner';
import type { RunStarter } from './RunStarter';

/**
 * Lets the person who asked for a workflow change the request while nothing has been carried out. A
 * change makes a new version of the plan; what was approved for the old one is void.
 */
export class ReviseService {
  readonly #database: AgenticDatabase;
  readonly #planner: RequestPlanner;
  readonly #runs: RunStarter;

  constructor(options: {
    database: AgenticDatabase;
    planner: RequestPlanner;
    runs: RunStarter;
  }) {
    this.#database = options.database;
    this.#planner = options.planner;
    this.#runs = options.runs;
  }

  /**
   * Plans the changed request and puts the new plan in force: version, tasks, void approvals, history
   * and record in one transaction, with a new generation that the engine or the reconciler starts.
   * Throws `ConflictError` when it is too late, when the plan is another one by now, or when nothing
   * would change.
   */
  async revise(
    stored: StoredWorkflow,
    request: ReviseWorkflowRequest,
    requester: Requester,
  ): Promise<PlanRevision> {
    const { row, plan: before } = stored;
    checkIsRequester(stored, requester);
    const { intent } = before;
    const draft = await this.#planner.plan(
      {
        description: request.description ?? row.description ?? undefined,
        template: request.template ?? row.template,
        // Other words are read anew; what was filled in besides them, or is not touched, stays.
        parameters: {
          ...parametersOf(intent, request.description === undefined),
          ...request.parameters,
        },
        dryRun: false,
        changeReason: row.change_reason ?? request.reason,
      },
      requester,
    );
    if (draft.intent.serviceName !== intent.serviceName) {
      await this.#planner.checkNameIsFree(draft);
    }
    const plan = sealPlan(draft, before.version + 1);
    const revision: PlanRevision = {
      version: plan.version,
      planHash: plan.planHash,
      revisedBy: requester.userEntityRef,
      reason: redact(request.reason),
      revisedAt: isoNow(),
      difference: planDifference(before, plan),
    };
    if (!planDiffers(revision.difference)) {
      throw new ConflictError(
        'The changed request gives the same plan; change what you ask for, or leave it as it is',
      );
    }
    const generation = await this.#database.withWorkflow(row.id, async tx => {
      await checkMayRevise(tx, request.planHash);
      return putInForce(tx, {
        plan,
        revision,
        description: request.description ?? row.description,
        lane: this.#planner.laneOf(draft),
      });
    });
    await this.#runs.start({ workflowId: row.id, generation });
    return revision;
  }
}

/** Somebody else who changes a request would decide what its requester answers for. */
function checkIsRequester(
  { row }: StoredWorkflow,
  { userEntityRef }: Requester,
): void {
  if (row.requested_by !== userEntityRef) {
    throw new NotAllowedError(
      `Only ${row.requested_by} can change this request; reject its approval with the reason instead`,
    );
  }
}

async function checkMayRevise(
  { trx, workflow }: WorkflowTransaction,
  planHash: string,
): Promise<void> {
  if (TERMINAL_PHASES.includes(workflow.phase)) {
    throw new ConflictError(
      `The workflow is ${workflow.phase} already; start a new one`,
    );
  }
  if (workflow.cancel_reason !== null) {
    throw new ConflictError('The workflow is being cancelled; start a new one');
  }
  if (workflow.plan_hash !== planHash) {
    throw new ConflictError(
      'The plan has changed since you looked at it; look at it again before you change it',
    );
  }
  const begun = (await effectsOfWorkflow(trx, workflow.id)).find(
    ({ status }) => status !== 'proposed',
  );
  if (begun) {
    throw new ConflictError(
      `'${begun.tool}' was carried out already, so the request cannot be changed any more; cancel the workflow to have it undone, and start a new one`,
    );
  }
}

/** Answers the generation of the run that carries the new plan out. */
async function putInForce(
  tx: WorkflowTransaction,
  change: {
    plan: Plan;
    revision: PlanRevision;
    description: string | null;
    lane: StoredWorkflow['row']['lane'];
  },
): Promise<number> {
  const { trx, workflow } = tx;
  const { plan, revision } = change;
  const { id } = workflow;
  const { intent } = plan;
  const generation = workflow.generation + 1;
  const why = `${revision.revisedBy} changed the request: ${revision.reason}`;

  if (intent.serviceName !== workflow.service_name) {
    await releaseService(trx, id);
    await reclaimService(trx, {
      ...workflow,
      service_name: intent.serviceName,
    });
  }
  await trx<PlanRow>('plans').insert({
    id: plan.planId,
    workflow_id: id,
    version: plan.version,
    plan_hash: plan.planHash,
    body: JSON.stringify(plan),
  });
  await insertPlanRevision(trx, id, revision);
  await voidApprovals(trx, id, { reason: why, actor: revision.revisedBy });
  await trx('effects').where({ workflow_id: id, status: 'proposed' }).delete();
  // What the old plan's tasks made is not what the new plan's tasks will be judged by.
  await trx('artifacts').where('workflow_id', id).delete();
  await trx('workflow_accounts')
    .where('workflow_id', id)
    .update({ team: intent.owner });
  await trx('tasks').where('workflow_id', id).delete();
  await trx<TaskRow>('tasks').insert(
    plan.tasks.map((task, position) => ({
      workflow_id: id,
      task_id: task.taskId,
      position,
      agent: task.agent,
      status: 'pending' as const,
      attempt: 0,
      attempts_left: task.policy.maxAttempts,
    })),
  );
  tx.update({
    plan_id: plan.planId,
    plan_hash: plan.planHash,
    template: plan.template,
    description: change.description,
    service_name: intent.serviceName,
    environment: intent.environment,
    owner: intent.owner,
    lane: change.lane,
    phase: 'running',
    generation,
    error: null,
  });
  tx.events.add({
    type: 'workflow',
    message: `${why} (plan version ${plan.version})`,
    data: { version: plan.version, planHash: plan.planHash },
  });
  tx.record({
    kind: 'plan.revised',
    actor: revision.revisedBy,
    subject: `plan:${plan.planId}`,
    payload: { ...revision, before: workflow.plan_hash, plan },
  });
  const refs = plan.tasks.map(task => ({
    task_id: task.taskId,
    agent: task.agent,
    priority: task.priority,
  }));
  await enqueueEvents(trx, [
    buildEvent({
      agent: 'planner',
      type: 'planner.tasks.created',
      correlationId: id,
      detail: { workflow_id: id, tasks: refs },
    }),
  ]);
  return generation;
}

/** The request as parameters, so that what is not said in a revision stays as it was. */
function parametersOf(
  { origins, ...intent }: Plan['intent'],
  all: boolean,
): ReviseWorkflowRequest['parameters'] {
  const values = WorkflowParameters.partial().strip().parse(intent);
  return Object.fromEntries(
    Object.entries(values).filter(
      ([field]) => all || origins[field] === 'form',
    ),
  );
}
