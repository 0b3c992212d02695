import {
  EVENT_DETAILS,
  type EventDetail,
  type EventType,
} from '@agentic-backstage/plugin-agentic-common';
import type {
  Agent,
  AgentContext,
  AgentExecutionContext,
  AgenticRecords,
  ArtifactReader,
  ArtifactStore,
  TaskLog,
  ToolContext,
} from '@agentic-backstage/plugin-agentic-node';
import type { DatabaseArtifacts } from '../database/DatabaseArtifacts';
import { effectsOfTask } from '../database/EffectStore';
import { buildEvent, type QueuedEvent } from '../database/Outbox';
import { fromJson } from '../database/rows';
import type { TaskRow } from '../database/tables';
import type { StoredWorkflow } from '../database/WorkflowStore';
import type { Knex } from 'knex';
import type { Guard } from './Guard';
import { TaskFailure } from './TaskFailure';

/** What an agent's or a tool's context is made from. */
export interface ContextParts {
  readonly knex: Knex;
  readonly guard: Guard;
  readonly artifacts: DatabaseArtifacts;
  readonly records: AgenticRecords;
  readonly stored: StoredWorkflow;
  readonly task: TaskRow;
  readonly log: TaskLog;
  readonly signal: AbortSignal;
}

function artifactReader(parts: ContextParts): ArtifactReader {
  const workflowId = parts.stored.row.id;
  return {
    list: () => parts.artifacts.list(workflowId),
    files: artifactId => parts.artifacts.files(workflowId, artifactId),
  };
}

function artifactStore(parts: ContextParts, agent: Agent): ArtifactStore {
  const { row, plan } = parts.stored;
  return {
    ...artifactReader(parts),
    save: ({ name, files, template, templateHash }) =>
      parts.artifacts.save({
        workflowId: row.id,
        taskId: parts.task.task_id,
        name,
        files,
        provenance: {
          requestId: row.id,
          planHash: plan.planHash,
          agent: agent.id,
          agentVersion: agent.version,
          requestedBy: row.requested_by,
          template,
          templateHash,
        },
      }),
  };
}

/** The context the guard hands to tools. */
export function toolContext(parts: ContextParts): ToolContext {
  const { row } = parts.stored;
  return {
    workflowId: row.id,
    taskId: parts.task.task_id,
    serviceName: row.service_name,
    environment: row.environment,
    requestedBy: row.requested_by,
    artifacts: artifactReader(parts),
    records: parts.records,
    log: parts.log,
    signal: parts.signal,
  };
}

function upstreamOutputs(
  parts: ContextParts,
): Map<string, { agent: string; output: Record<string, unknown> }> {
  const { plan, tasks } = parts.stored;
  const wanted = new Set<string>();
  const visit = (taskId: string): void => {
    for (const id of plan.tasks.find(task => task.taskId === taskId)
      ?.dependsOn ?? []) {
      if (!wanted.has(id)) {
        wanted.add(id);
        visit(id);
      }
    }
  };
  visit(parts.task.task_id);
  return new Map(
    tasks
      .filter(task => wanted.has(task.task_id) && task.output !== null)
      .map(task => [
        task.task_id,
        { agent: task.agent, output: fromJson(task.output!) },
      ]),
  );
}

/** What an agent may see while it plans. Throws a final failure when the task's input does not fit the agent. */
export function planningContext(
  parts: ContextParts,
  agent: Agent,
): AgentContext<unknown> {
  const { row, plan } = parts.stored;
  const planned = plan.tasks.find(task => task.taskId === parts.task.task_id);
  const input = agent.input.safeParse(planned?.input);
  if (!planned || !input.success) {
    throw new TaskFailure(
      `The input of task '${parts.task.task_id}' does not fit agent '${
        agent.id
      }': ${input.error?.message ?? 'it is not in the plan'}`,
      { retryable: false },
    );
  }
  return {
    workflow: {
      workflowId: row.id,
      planHash: plan.planHash,
      template: row.template,
      requestedBy: row.requested_by,
      intent: plan.intent,
    },
    task: {
      taskId: parts.task.task_id,
      title: planned.title,
      attempt: parts.task.attempt,
    },
    input: input.data,
    outputs: upstreamOutputs(parts),
    artifacts: artifactReader(parts),
    tools: {
      read: (tool, params) =>
        parts.guard.read(agent, tool, params, toolContext(parts)),
    },
    log: parts.log,
    signal: parts.signal,
  };
}

/** What an agent has while it works. The events it emits are put into `emitted`, to leave with its outcome. */
export function executionContext(
  parts: ContextParts,
  agent: Agent,
  emitted: QueuedEvent[],
): AgentExecutionContext<unknown> {
  const { row } = parts.stored;
  return {
    ...planningContext(parts, agent),
    artifacts: artifactStore(parts, agent),
    effects: {
      apply: async key => {
        parts.signal.throwIfAborted();
        const effects = await effectsOfTask(
          parts.knex,
          row.id,
          parts.task.task_id,
        );
        const effect = effects.find(candidate => candidate.key === key);
        if (!effect) {
          throw new TaskFailure(
            `Agent '${agent.id}' asks for effect '${key}', which it did not propose; propose it in plan()`,
            { retryable: false },
          );
        }
        return parts.guard.apply(
          agent,
          effect.effectId,
          row,
          toolContext(parts),
        );
      },
    },
    emit: <T extends EventType>(
      type: T,
      detail: Omit<EventDetail<T>, 'metadata'>,
    ) => {
      if (!agent.emits.includes(type) || !(type in EVENT_DETAILS)) {
        throw new TaskFailure(
          `Agent '${agent.id}' has not declared event '${type}'; add it to the agent's emits`,
          { retryable: false },
        );
      }
      emitted.push(
        buildEvent({ agent: agent.id, type, detail, correlationId: row.id }),
      );
    },
  };
}
