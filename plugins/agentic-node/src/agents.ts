import {
  AgentId,
  type EventDetail,
  type EventType,
  type AgentPermission,
  type Intent,
  type Lane,
} from '@agentic-backstage/plugin-agentic-common';
import type { z } from 'zod';
import type { ArtifactReader, ArtifactStore } from './artifacts';
import type { UsageMeter } from './usage';

/** Writes lines into the history of the task that everybody allowed to see the workflow can read. No secrets. */
export interface TaskLog {
  info(message: string, data?: Record<string, unknown>): void;
  warn(message: string, data?: Record<string, unknown>): void;
  error(message: string, data?: Record<string, unknown>): void;
}

/** A call of an effect tool that an agent wants to make. Parameters are fixed here: what is approved is what is done. */
export interface ProposedEffect {
  /** Unique within the task; part of the idempotency key. */
  readonly key: string;
  readonly tool: string;
  readonly params: Record<string, unknown>;
}

/** What an effect gave once it was executed and read back. */
export interface AppliedEffect {
  readonly key: string;
  readonly tool: string;
  readonly status: 'confirmed' | 'unknown';
  readonly result: Record<string, unknown>;
  readonly evidence: string;
}

/** What every agent is told about the task at hand. */
export interface AgentContext<I> {
  readonly workflow: {
    readonly workflowId: string;
    readonly planHash: string;
    readonly template: string;
    readonly requestedBy: string;
    readonly intent: Intent;
  };
  readonly task: {
    readonly taskId: string;
    readonly title: string;
    readonly attempt: number;
  };
  readonly input: I;
  /** Outputs of the tasks this one depends on, directly or not, by task id. */
  readonly outputs: ReadonlyMap<
    string,
    { agent: string; output: Record<string, unknown> }
  >;
  readonly artifacts: ArtifactReader;
  /** Calls a read-only tool the agent has declared. */
  readonly tools: {
    read(
      tool: string,
      params: Record<string, unknown>,
    ): Promise<Record<string, unknown>>;
  };
  /** Budgets: report here what calls of models used, and ask what is left. */
  readonly usage: UsageMeter;
  readonly log: TaskLog;
  readonly signal: AbortSignal;
}

/** What an agent has when it carries out its task. */
export interface AgentExecutionContext<I> extends AgentContext<I> {
  readonly artifacts: ArtifactStore;
  readonly effects: {
    /**
     * Executes one effect that `plan` proposed and that was approved, and reads it back. Calling it
     * again with the same key answers what is on record and does nothing.
     */
    apply(key: string): Promise<AppliedEffect>;
  };
  /** Publishes an event the agent has declared. It leaves together with the task's outcome, or not at all. */
  emit<T extends EventType>(
    type: T,
    detail: Omit<EventDetail<T>, 'metadata'>,
  ): void;
}

/** What an agent sees when it looks at something it made. */
export interface AgentObservation {
  readonly status: 'healthy' | 'unhealthy' | 'unknown';
  readonly evidence: string;
}

/**
 * An agent: data first, functions last. The host calls, for each task of a plan:
 *
 * 1. `plan`: which effects does this task need? Looking only. Left out by agents without effects.
 * 2. (the guard: validation, dry run, verdict and approval for exactly those effects)
 * 3. `execute`: the work; answers the task's output. May run again after a crash and must then come
 *    to the same end.
 * 4. `monitor`: later, on demand: how is what you made?
 */
export interface Agent<I = unknown, O = unknown> {
  /** Short lower-case word, unique in the installation. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Recorded with everything the agent makes. */
  readonly version: string;
  /** The most the agent may ever do; effects need `execute`. */
  readonly lane: Lane;
  readonly input: z.ZodType<I>;
  readonly output: z.ZodType<O>;
  /** What the agent may do beside calling its tools: nothing, unless it is said here. */
  readonly permissions?: readonly AgentPermission[];
  /** Event types the agent may publish. */
  readonly emits: readonly EventType[];
  /** Ids of the tools the agent may call. */
  readonly tools: readonly string[];
  /** `required` when a task of this agent is not done without an artifact; the critic holds it to that. */
  readonly artifacts?: 'required';
  /**
   * Secrets that tools may use on behalf of the agent, as patterns (see `coversSecret`). None, unless
   * it is said here. The agent itself never sees a value.
   */
  readonly secrets?: readonly string[];
  plan?(context: AgentContext<I>): Promise<ProposedEffect[]>;
  execute(context: AgentExecutionContext<I>): Promise<O>;
  monitor?(context: AgentContext<I>): Promise<AgentObservation>;
}

/**
 * Declares an agent. Throws when the declaration contradicts itself: a malformed id, or a `plan`
 * that could propose effects in an agent whose lane is below `execute`. Agents are `read_only`
 * unless they say otherwise.
 */
export function createAgent<I, O>(
  agent: Omit<Agent<I, O>, 'lane'> & { lane?: Lane },
): Agent<I, O> {
  if (!AgentId.safeParse(agent.id).success) {
    throw new Error(
      `Agent id '${agent.id}' is not a short lower-case word; use letters, digits and hyphens`,
    );
  }
  const lane = agent.lane ?? 'read_only';
  if (agent.plan && lane === 'read_only') {
    throw new Error(
      `Agent '${agent.id}' plans effects but is in lane read_only; declare lane 'dry_run' or 'execute'`,
    );
  }
  return Object.freeze({ ...agent, lane });
}
