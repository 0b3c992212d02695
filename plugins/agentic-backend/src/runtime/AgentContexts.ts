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
  AppliedEffect,
  ArtifactReader,
  ArtifactStore,
  TaskLog,
} from '@agentic-backstage/plugin-agentic-node';
import type { DatabaseArtifacts } from '../database/DatabaseArtifacts';
import { buildEvent, type QueuedEvent } from '../database/Outbox';
import type { TaskRow } from '../database/tables';
import type { StoredWorkflow } from '../database/WorkflowStore';
import { createUsageMeter } from '../limits/createUsageMeter';
import type { LimitsConfig } from '../limits/limitsConfig';
import type { UsageLedger } from '../limits/UsageLedger';
import type { GuardCalls } from './guard/GuardCalls';
import type { CallContext, GuardedWorkflow } from './guard/Gate';
import { TaskFailure } from './TaskFailure';
import { TaskHold } from './TaskHold';
import { upstreamOutputs } from './upstreamOutputs';

/** One stage of one task, for which a context is wanted. */
export interface TaskAtHand {
  readonly stored: StoredWorkflow;
  readonly task: TaskRow;
  readonly log: TaskLog;
  readonly signal: AbortSignal;
  /** Told when a gate holds a call, so that an agent which swallows the error is held all the same. */
  readonly onHold?: (hold: TaskHold) => void;
}

/** Makes what agents and tools are handed: nothing in it reaches the world but through the guard. */
export class AgentContexts {
  readonly #guard: GuardCalls;
  readonly #artifacts: DatabaseArtifacts;
  readonly #records: AgenticRecords;
  readonly #usage: UsageLedger;
  readonly #budgets: LimitsConfig['budgets'];

  constructor(options: {
    guard: GuardCalls;
    artifacts: DatabaseArtifacts;
    records: AgenticRecords;
    usage: UsageLedger;
    budgets: LimitsConfig['budgets'];
  }) {
    this.#guard = options.guard;
    this.#artifacts = options.artifacts;
    this.#records = options.records;
    this.#usage = options.usage;
    this.#budgets = options.budgets;
  }

  /** The context the guard hands to tools, with the secrets it lends them. */
  forTool({ stored, task, log, signal }: TaskAtHand): CallContext {
    const { row } = stored;
    return {
      workflowId: row.id,
      taskId: task.task_id,
      serviceName: row.service_name,
      environment: row.environment,
      requestedBy: row.requested_by,
      artifacts: this.#artifactReader(row.id),
      records: this.#records,
      log,
      signal,
    };
  }

  /** What an agent may see while it plans. Throws a final failure when the task's input does not fit the agent. */
  forPlanning(at: TaskAtHand, agent: Agent): AgentContext<unknown> {
    const { row, plan } = at.stored;
    const planned = plan.tasks.find(task => task.taskId === at.task.task_id);
    const input = agent.input.safeParse(planned?.input);
    if (!planned || !input.success) {
      throw new TaskFailure(
        `The input of task '${at.task.task_id}' does not fit agent '${
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
        taskId: at.task.task_id,
        title: planned.title,
        attempt: at.task.attempt,
      },
      input: input.data,
      outputs: upstreamOutputs(at),
      artifacts: this.#artifactReader(row.id),
      tools: {
        read: (toolId, params) =>
          noticingHolds(at, () =>
            this.#guard.read({
              agent,
              toolId,
              params,
              workflow: guardedWorkflow(at.stored),
              attempt: at.task.attempt,
              context: this.forTool(at),
            }),
          ),
      },
      usage: createUsageMeter({
        usage: this.#usage,
        budgets: this.#budgets,
        workflowId: row.id,
        planHash: plan.planHash,
        taskId: at.task.task_id,
        attempt: at.task.attempt,
      }),
      log: at.log,
      signal: at.signal,
    };
  }

  /** What an agent has while it works. The events it emits are put into `emitted`, to leave with its outcome. */
  forExecution(
    at: TaskAtHand,
    agent: Agent,
    emitted: QueuedEvent[],
  ): AgentExecutionContext<unknown> {
    return {
      ...this.forPlanning(at, agent),
      artifacts: this.#artifactStore(at, agent),
      effects: {
        apply: key => noticingHolds(at, () => this.#apply(at, agent, key)),
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
        const correlationId = at.stored.row.id;
        emitted.push(
          buildEvent({ agent: agent.id, type, detail, correlationId }),
        );
      },
    };
  }

  async #apply(
    at: TaskAtHand,
    agent: Agent,
    key: string,
  ): Promise<AppliedEffect> {
    at.signal.throwIfAborted();
    return this.#guard.apply({
      agent,
      key,
      workflow: guardedWorkflow(at.stored),
      attempt: at.task.attempt,
      context: this.forTool(at),
    });
  }

  #artifactReader(workflowId: string): ArtifactReader {
    return {
      list: () => this.#artifacts.list(workflowId),
      files: artifactId => this.#artifacts.files(workflowId, artifactId),
    };
  }

  #artifactStore(at: TaskAtHand, agent: Agent): ArtifactStore {
    const { row, plan } = at.stored;
    return {
      ...this.#artifactReader(row.id),
      save: async ({ name, files, template, templateHash }) => {
        if (!agent.permissions?.includes('artifacts.write')) {
          throw new TaskFailure(
            `Agent '${agent.id}' has not declared that it saves files; add 'artifacts.write' to the agent's permissions`,
            { retryable: false },
          );
        }
        return this.#artifacts.save({
          workflowId: row.id,
          taskId: at.task.task_id,
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
        });
      },
    };
  }
}

/** What the gates are told of a workflow. */
export function guardedWorkflow({
  row,
}: Pick<StoredWorkflow, 'row'>): GuardedWorkflow {
  return {
    id: row.id,
    environment: row.environment,
    requestedBy: row.requested_by,
    planHash: row.plan_hash,
  };
}

async function noticingHolds<T>(
  at: TaskAtHand,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof TaskHold) at.onHold?.(error);
    throw error;
  }
}
