import type {
  EventDetail,
  EventType,
  Intent,
} from '@agentic-backstage/plugin-agentic-common';
import type { Agent, AgentExecutionContext, AppliedEffect } from '../agents';
import { Declarations } from './Declarations';
import {
  DeclaredArtifactStore,
  MemoryArtifactStore,
} from './MemoryArtifactStore';
import { MemoryUsage } from './MemoryUsage';
import { RecordingTaskLog } from './RecordingTaskLog';

/** An event that an agent emitted in a test. */
export interface EmittedEvent {
  readonly type: EventType;
  readonly detail: Record<string, unknown>;
}

/** An agent's context whose parts a test can fill and look into. */
export interface TestAgentContext<I> extends AgentExecutionContext<I> {
  readonly artifacts: MemoryArtifactStore;
  readonly usage: MemoryUsage;
  readonly log: RecordingTaskLog;
  /** What the agent emitted, in order. */
  readonly emitted: readonly EmittedEvent[];
  /** Keys of the effects the agent applied, in order. */
  readonly applied: readonly string[];
  /** Calls of read-only tools, in order. */
  readonly reads: ReadonlyArray<{
    readonly tool: string;
    readonly params: Record<string, unknown>;
  }>;
  /** What the agent reached for without having declared it, also when it swallowed the error. */
  readonly refused: readonly string[];
}

/** What a test says about the task; everything but the input has a sample value. */
export interface AgentContextOptions<I> {
  readonly input: I;
  /**
   * The agent under test. With it, the context refuses what the agent has not declared, in the words
   * of the host: tools, events, saving files, effects below lane `execute`.
   */
  readonly agent?: Pick<
    Agent,
    'id' | 'lane' | 'tools' | 'emits' | 'permissions'
  >;
  readonly workflow?: Partial<AgentExecutionContext<I>['workflow']>;
  readonly task?: Partial<AgentExecutionContext<I>['task']>;
  readonly intent?: Partial<Intent>;
  readonly outputs?: Record<
    string,
    { agent: string; output: Record<string, unknown> }
  >;
  /** Answers of read-only tools, by tool id. A call of any other tool fails. */
  readonly tools?: Record<
    string,
    (
      params: Record<string, unknown>,
    ) => Record<string, unknown> | Promise<Record<string, unknown>>
  >;
  /** Outcomes of effects, by key. Applying any other effect fails. */
  readonly effects?: Record<string, Partial<AppliedEffect>>;
  readonly artifacts?: MemoryArtifactStore;
  readonly usage?: MemoryUsage;
  readonly signal?: AbortSignal;
}

/** A sample of what the planner understood; anything given replaces the sample value. */
export function sampleIntent(overrides: Partial<Intent> = {}): Intent {
  return {
    type: 'create-service',
    serviceName: 'user-service',
    description: 'Keeps the users of the shop',
    owner: 'group:default/shop',
    language: 'nodejs',
    pattern: 'rest-api',
    database: 'postgresql',
    environment: 'development',
    port: 8080,
    highAvailability: false,
    origins: {},
    ...overrides,
  };
}

/** Builds the context an agent is called with, in memory. Unplanned calls of tools and effects fail by name. */
export function agentContext<I>(
  options: AgentContextOptions<I>,
): TestAgentContext<I> {
  const emitted: EmittedEvent[] = [];
  const applied: string[] = [];
  const reads: Array<{ tool: string; params: Record<string, unknown> }> = [];
  const declarations = new Declarations(options.agent);
  const workflowId = options.workflow?.workflowId ?? 'wf-1';
  const taskId = options.task?.taskId ?? 't1';
  return {
    workflow: {
      workflowId,
      planHash: '0'.repeat(64),
      template: 'microservice-with-db',
      requestedBy: 'user:default/sam',
      intent: sampleIntent(options.intent),
      ...options.workflow,
    },
    task: { taskId, title: 'The task under test', attempt: 1, ...options.task },
    input: options.input,
    outputs: new Map(Object.entries(options.outputs ?? {})),
    artifacts: new DeclaredArtifactStore(
      options.artifacts ?? new MemoryArtifactStore(),
      declarations,
      {
        workflowId,
        taskId,
        ...(options.agent && { agent: options.agent.id }),
      },
    ),
    tools: {
      async read(tool, params) {
        declarations.checkTool(tool);
        const answer = options.tools?.[tool];
        if (!answer) {
          throw new Error(
            `The agent read from tool '${tool}', which this test did not plan for; give an answer in 'tools'`,
          );
        }
        reads.push({ tool, params });
        return answer(params);
      },
    },
    effects: {
      async apply(key) {
        declarations.checkEffect(key, options.effects?.[key]?.tool);
        const outcome = options.effects?.[key];
        if (!outcome) {
          throw new Error(
            `The agent applied effect '${key}', which this test did not plan for; give an outcome in 'effects'`,
          );
        }
        applied.push(key);
        return {
          key,
          tool: 'test.tool',
          status: 'confirmed',
          result: {},
          evidence: 'seen by the test',
          ...outcome,
        };
      },
    },
    emit<T extends EventType>(
      type: T,
      detail: Omit<EventDetail<T>, 'metadata'>,
    ) {
      declarations.checkEvent(type);
      emitted.push({ type, detail: { ...detail } });
    },
    usage: options.usage ?? new MemoryUsage(),
    log: new RecordingTaskLog(),
    signal: options.signal ?? new AbortController().signal,
    emitted,
    applied,
    reads,
    refused: declarations.refused,
  };
}
