import {
  formatDuration,
  mayRetryIn,
  statusOfPhase,
  TERMINAL_PHASES,
  type DeploymentView,
  type TaskView,
  type Workflow,
  type WorkflowSummary,
} from '@agentic-backstage/plugin-agentic-common';
import type {
  AgenticRecords,
  DeploymentRecord,
} from '@agentic-backstage/plugin-agentic-node';
import { findApprovals } from '../database/ApprovalStore';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import type { DatabaseArtifacts } from '../database/DatabaseArtifacts';
import { effectsOfWorkflow, type StoredEffect } from '../database/EffectStore';
import { findCriticVerdicts } from '../database/CriticVerdictStore';
import { findPlanRevisions } from '../database/PlanRevisionStore';
import { fromNullableJson, orUndefined } from '../database/rows';
import type { TaskRow, WorkflowRow } from '../database/tables';
import { traceparentOf } from '../telemetry/WorkflowTraces';
import type { StoredWorkflow } from '../database/WorkflowStore';

function durationBetween(
  start: string | null,
  end: string | null,
): string | undefined {
  return start && end
    ? formatDuration((Date.parse(end) - Date.parse(start)) / 1000)
    : undefined;
}

/** The row of a list. */
export function toSummary(
  row: WorkflowRow,
  counts: { total: number; completed: number } | undefined,
): WorkflowSummary {
  return {
    workflowId: row.id,
    status: statusOfPhase(row.phase),
    phase: row.phase,
    requestedBy: row.requested_by,
    owner: row.owner,
    template: row.template,
    serviceName: row.service_name,
    environment: row.environment,
    entityRef: `component:default/${row.service_name}`,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    completedAt: orUndefined(row.completed_at),
    duration: durationBetween(row.created_at, row.completed_at),
    tasksTotal: counts?.total ?? 0,
    tasksCompleted: counts?.completed ?? 0,
    error: orUndefined(row.error),
  };
}

/** The tasks of a workflow, as the API shows them. */
export function toTaskViews({ plan, tasks }: StoredWorkflow): TaskView[] {
  const planned = new Map(plan.tasks.map(task => [task.taskId, task]));
  return tasks.map((row: TaskRow) => {
    const task = planned.get(row.task_id)!;
    return {
      taskId: row.task_id,
      agent: row.agent,
      title: task.title,
      goal: task.goal,
      status: row.status,
      dependsOn: task.dependsOn,
      priority: task.priority,
      estimatedDuration: formatDuration(task.estimatedSeconds),
      attempt: row.attempt,
      maxAttempts: task.policy.maxAttempts,
      startedAt: orUndefined(row.started_at),
      completedAt: orUndefined(row.completed_at),
      duration: durationBetween(row.started_at, row.completed_at),
      heldBecause: orUndefined(row.held_because),
      retryAt: orUndefined(row.retry_at),
      error: orUndefined(row.error),
      output: fromNullableJson(row.output),
    };
  });
}

/** A deployment without what only its target needs. */
export function toDeploymentView(record: DeploymentRecord): DeploymentView {
  const { handle, effectId, ...view } = record;
  return view;
}

/** Gathers what the workflow page shows. */
export async function toWorkflow(options: {
  database: AgenticDatabase;
  artifacts: DatabaseArtifacts;
  records: AgenticRecords;
  stored: StoredWorkflow;
  mayControl: boolean;
  /** Whether the environment lets the reader go on with and retry it. */
  mayOperate: boolean;
  /** Only who asked may change the request. */
  isRequester: boolean;
}): Promise<Workflow> {
  const { database, stored, records } = options;
  const { row, plan, tasks } = stored;
  const [
    approvals,
    artifacts,
    effects,
    deployments,
    service,
    verdicts,
    revisions,
  ] = await Promise.all([
    findApprovals(database.knex, { workflowId: row.id }),
    options.artifacts.list(row.id),
    effectsOfWorkflow(database.knex, row.id),
    records.deployments.list({ workflowId: row.id }),
    records.services.get(row.service_name),
    findCriticVerdicts(database.knex, { workflowId: row.id }),
    findPlanRevisions(database.knex, row.id),
  ]);
  const ended = TERMINAL_PHASES.includes(row.phase);
  const may = options.mayControl;
  const mayGoOn = may && options.mayOperate;
  return {
    ...toSummary(row, {
      total: tasks.length,
      completed: tasks.filter(task => task.status === 'completed').length,
    }),
    description: orUndefined(row.description),
    changeReason: orUndefined(row.change_reason),
    plan,
    tasks: toTaskViews(stored).map(task => ({
      ...task,
      critic: verdicts.findLast(({ taskId }) => taskId === task.taskId),
    })),
    approvals,
    artifacts,
    effects: effects.map(publicEffect),
    deployments: deployments.map(toDeploymentView),
    repositoryUrl:
      service?.workflowId === row.id
        ? service.repositoryUrl
        : publishedUrl(effects),
    lastEventSeq: row.last_event_seq,
    traceId: traceparentOf(row.id, row.traceparent).split('-')[1],
    revisions,
    controls: {
      pause: may && !ended && !row.paused && row.cancel_reason === null,
      resume: mayGoOn && !ended && Boolean(row.paused),
      cancel: may && !ended && row.cancel_reason === null,
      retry: mayGoOn && mayRetryIn(row.phase),
      retryFrom: mayGoOn && mayRetryIn(row.phase, tasks[0]?.task_id),
      revise:
        may &&
        options.isRequester &&
        !ended &&
        row.cancel_reason === null &&
        effects.every(({ status }) => status === 'proposed'),
    },
  };
}

function publishedUrl(effects: readonly StoredEffect[]): string | undefined {
  const published = effects.find(
    effect =>
      effect.status === 'confirmed' &&
      typeof effect.result?.repositoryUrl === 'string',
  );
  return published?.result?.repositoryUrl as string | undefined;
}

function publicEffect({
  round,
  approvalId,
  rollbackStrategy,
  finishedAt,
  ...effect
}: StoredEffect): Workflow['effects'][number] {
  return effect;
}
