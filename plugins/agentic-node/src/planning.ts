import type {
  Plan,
  Problem,
  Question,
  TaskPolicy,
  WorkflowParameters,
} from '@agentic-backstage/plugin-agentic-common';

/** Something the machine or the installation can or cannot do, found by looking. */
export interface RuntimeReport {
  /** For example `nodejs`, `git`, `postgresql`. */
  readonly id: string;
  readonly available: boolean;
  /** Version found, or why it is not available and what to do. */
  readonly detail: string;
}

/** Looks at the machine. Called when a request is planned; answers are kept for half a minute. */
export interface RuntimeProbe {
  readonly id: string;
  probe(): Promise<RuntimeReport[]>;
}

/** What a planner starts from. Parameters have passed their schema; nothing else is checked yet. */
export interface PlanningRequest {
  readonly description?: string;
  readonly template?: string;
  readonly parameters: WorkflowParameters;
  readonly requestedBy: string;
  /** Owner when the request names none, for example the requester's team. */
  readonly defaultOwner: string;
  readonly environments: readonly string[];
  readonly runtimes: readonly RuntimeReport[];
}

/** A plan before the host has numbered and hashed it. */
export type PlanDraft = Omit<
  Plan,
  'planId' | 'version' | 'planHash' | 'createdAt'
>;

/** Either a plan, or what stands in its way. A planner never guesses. */
export type PlanningResult =
  | { readonly status: 'planned'; readonly draft: PlanDraft }
  | {
      readonly status: 'refused';
      readonly problems: readonly Problem[];
      readonly questions: readonly Question[];
    };

/** A way to make plans. The planning pipeline calls the three in order. */
export interface PlanStrategy {
  readonly id: string;
  readonly title: string;
  createPlan(request: PlanningRequest): PlanningResult;
  optimizePlan(draft: PlanDraft): PlanDraft;
  /** Answers what is wrong with the plan; an empty list means valid. */
  validatePlan(draft: PlanDraft): Problem[];
}

/** Turns a request into a plan or a refusal, without a model, in milliseconds. */
export interface Planner {
  plan(request: PlanningRequest): Promise<PlanningResult>;
}

/** A task that is added to a plan; the host numbers it. */
export interface AddedTask {
  /** Id of the agent whose work it is. */
  readonly agent: string;
  readonly title: string;
  /** Has to fit the agent's input schema. */
  readonly input: Record<string, unknown>;
  /** Agents whose tasks in this plan have to be completed first. None: it starts at once. */
  readonly after: readonly string[];
  readonly estimatedSeconds: number;
  /** How it is tried; what is left out is three attempts and a minute for each. */
  readonly policy?: Partial<TaskPolicy>;
}

/**
 * Gives agents tasks in the plans that the planner has made. Called once for each plan, before it is
 * checked, hashed and approved, and has to answer the same for the same draft. It can add tasks and
 * change none; nothing that the planner has planned waits for an added one.
 */
export interface TaskSource {
  /** Short lower-case word; the goal of the added tasks is named after it. */
  readonly id: string;
  tasksFor(draft: PlanDraft): readonly AddedTask[];
}
