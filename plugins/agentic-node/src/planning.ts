import type {
  Plan,
  Problem,
  Question,
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
