import { type Lane, type Plan } from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import {
  appendAllToRecord,
  type NewChange,
} from '../changeRecord/ChangeRecord';
import type { AgenticDatabase } from './AgenticDatabase';
import { type NewWorkflowEvent } from './EventLog';
import { OPEN_PHASES } from './openPhases';
import { enqueueEvents, type QueuedEvent } from './Outbox';
import { fromJson, isoNow } from './rows';
import type { Admission } from '../limits/admission';
import { ServiceNameTaken } from '../service/ServiceNameTaken';
import type { PlanRow, TaskRow, WorkflowRow } from './tables';

/** Fewer than SQLite takes as values of one statement. */
const IDS_AT_ONCE = 500;

/** A workflow that was accepted, with its plan. */
export interface NewWorkflow {
  readonly id: string;
  readonly requestedBy: string;
  readonly idempotencyKey?: string;
  readonly template: string;
  readonly description?: string;
  /** Why this change is made now, where the environment asks for it. */
  readonly changeReason?: string;
  /** The hash of the plan the requester was shown, where they said so. */
  readonly shownPlanHash?: string;
  /** The refs of the requester and their groups at this moment. */
  readonly requesterRefs?: readonly string[];
  /** The highest lane the agents of the plan declare. */
  readonly lane?: Lane;
  /** The trace that began with the request. */
  readonly traceparent?: string;
  readonly plan: Plan;
  readonly events: readonly NewWorkflowEvent[];
  readonly published: readonly QueuedEvent[];
}

/** A workflow with its tasks and the plan in force. */
export interface StoredWorkflow {
  readonly row: WorkflowRow;
  readonly plan: Plan;
  readonly tasks: readonly TaskRow[];
}

/** Reads and writes workflows, plans and tasks. */
export class WorkflowStore {
  constructor(
    private readonly database: AgenticDatabase,
    /** Decides in the same transaction whether one more may begin; throws when a limit is reached. */
    private readonly admit: Admission,
  ) {}

  /**
   * Stores a workflow with everything that belongs to its beginning, in one transaction. Throws
   * {@link ServiceNameTaken} when the service name is taken by another workflow.
   */
  async insert(workflow: NewWorkflow): Promise<void> {
    const { plan } = workflow;
    const { intent } = plan;
    const now = isoNow();
    await this.database.knex.transaction(async trx => {
      await this.admit(trx, {
        workflowId: workflow.id,
        requestedBy: workflow.requestedBy,
        team: intent.owner,
      });
      await this.#claimService(trx, intent.serviceName, workflow.id);
      await trx('workflows').insert({
        id: workflow.id,
        requested_by: workflow.requestedBy,
        idempotency_key: workflow.idempotencyKey ?? null,
        template: workflow.template,
        description: workflow.description ?? null,
        service_name: intent.serviceName,
        environment: intent.environment,
        phase: 'pending',
        last_event_seq: workflow.events.length,
        plan_id: plan.planId,
        plan_hash: plan.planHash,
        owner: intent.owner,
        lane: workflow.lane ?? 'execute',
        requester_refs: JSON.stringify(workflow.requesterRefs ?? []),
        change_reason: workflow.changeReason ?? null,
        traceparent: workflow.traceparent ?? null,
        created_at: now,
        updated_at: now,
      });
      await trx<PlanRow>('plans').insert({
        id: plan.planId,
        workflow_id: workflow.id,
        version: plan.version,
        plan_hash: plan.planHash,
        body: JSON.stringify(plan),
      });
      await trx('tasks').insert(
        plan.tasks.map((task, position) => ({
          workflow_id: workflow.id,
          task_id: task.taskId,
          position,
          agent: task.agent,
          status: 'pending',
          attempt: 0,
          attempts_left: task.policy.maxAttempts,
        })),
      );
      await trx('workflow_events').insert(
        workflow.events.map((event, index) => ({
          workflow_id: workflow.id,
          seq: index + 1,
          time: event.time ?? now,
          type: event.type,
          level: event.level ?? 'info',
          task_id: event.taskId ?? null,
          message: event.message,
          data: event.data ? JSON.stringify(event.data) : null,
        })),
      );
      await enqueueEvents(trx, workflow.published);
      await appendAllToRecord(trx, beginningOf(workflow));
    });
    this.database.announce(workflow.id, workflow.events.length);
  }

  /** The workflow a person started with this key before, if any. */
  async findByIdempotencyKey(
    requestedBy: string,
    key: string,
  ): Promise<WorkflowRow | undefined> {
    return this.database
      .knex<WorkflowRow>('workflows')
      .where({ requested_by: requestedBy, idempotency_key: key })
      .first();
  }

  /** The workflow that holds a service name, if any. */
  async claimHolder(serviceName: string): Promise<string | undefined> {
    const claim = await this.database
      .knex<{ service_name: string; workflow_id: string }>('service_claims')
      .where('service_name', serviceName)
      .first();
    return claim?.workflow_id;
  }

  async row(id: string): Promise<WorkflowRow | undefined> {
    return this.database.knex<WorkflowRow>('workflows').where('id', id).first();
  }

  /** The workflow with plan and tasks; works inside a transaction when given one. */
  async get(
    id: string,
    knex: Knex = this.database.knex,
  ): Promise<StoredWorkflow | undefined> {
    const row = await knex<WorkflowRow>('workflows').where('id', id).first();
    if (!row) {
      return undefined;
    }
    const plan = await knex<PlanRow>('plans').where('id', row.plan_id).first();
    if (!plan) {
      throw new Error(
        `Workflow '${id}' has no plan '${row.plan_id}'; restore the database from a backup`,
      );
    }
    const tasks = await knex<TaskRow>('tasks')
      .where('workflow_id', id)
      .orderBy('position');
    return { row, plan: fromJson<Plan>(plan.body), tasks };
  }

  /** The phases of those of these workflows that are there. */
  async phasesOf(
    ids: readonly string[],
  ): Promise<Map<string, WorkflowRow['phase']>> {
    const phases = new Map<string, WorkflowRow['phase']>();
    for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
      const rows = await this.database
        .knex<WorkflowRow>('workflows')
        .whereIn('id', ids.slice(start, start + IDS_AT_ONCE))
        .select('id', 'phase');
      rows.forEach(({ id, phase }) => phases.set(id, phase));
    }
    return phases;
  }

  /** Every workflow that is not at its end, for the reconciler. */
  async unfinished(): Promise<WorkflowRow[]> {
    return this.database
      .knex<WorkflowRow>('workflows')
      .whereIn('phase', [...OPEN_PHASES]);
  }

  async #claimService(
    trx: Knex.Transaction,
    serviceName: string,
    workflowId: string,
  ): Promise<void> {
    // `ignore` instead of catching: a failed insert would abort the transaction in PostgreSQL.
    await trx('service_claims')
      .insert({ service_name: serviceName, workflow_id: workflowId })
      .onConflict('service_name')
      .ignore();
    const claim = await trx('service_claims')
      .where('service_name', serviceName)
      .first();
    if (claim.workflow_id !== workflowId) {
      throw new ServiceNameTaken(serviceName, claim.workflow_id);
    }
  }
}

/** What the record of a change begins with. */
function beginningOf(workflow: NewWorkflow): NewChange[] {
  const { id, plan, published, events, ...request } = workflow;
  return [
    {
      chain: id,
      kind: 'request.received',
      actor: workflow.requestedBy,
      subject: `workflow:${id}`,
      payload: {
        ...request,
        serviceName: plan.intent.serviceName,
        environment: plan.intent.environment,
      },
    },
    {
      chain: id,
      kind: 'plan.sealed',
      actor: 'agent:planner',
      subject: `plan:${plan.planId}`,
      payload: plan,
    },
  ];
}

/** Gives a service name back, so that it can be used again. */
export async function releaseService(
  trx: Knex.Transaction,
  workflowId: string,
): Promise<void> {
  await trx('service_claims').where('workflow_id', workflowId).delete();
}

/** Takes a service name again for a workflow that is retried. Throws {@link ServiceNameTaken} when it is gone. */
export async function reclaimService(
  trx: Knex.Transaction,
  row: WorkflowRow,
): Promise<void> {
  await trx('service_claims')
    .insert({ service_name: row.service_name, workflow_id: row.id })
    .onConflict('service_name')
    .ignore();
  const claim = await trx('service_claims')
    .where('service_name', row.service_name)
    .first();
  if (claim.workflow_id !== row.id) {
    throw new ServiceNameTaken(row.service_name, claim.workflow_id);
  }
}
