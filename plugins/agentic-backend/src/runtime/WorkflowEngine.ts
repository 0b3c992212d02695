/** One attempt at one task. `generation` counts how often the workflow's run was started anew. */
export interface TaskRun {
  readonly workflowId: string;
  readonly generation: number;
  readonly taskId: string;
  readonly attempt: number;
}

/** One run of a workflow. */
export interface WorkflowRun {
  readonly workflowId: string;
  readonly generation: number;
}

/** What to do after one advance of a workflow. Durations are milliseconds. */
export type WorkflowAdvance =
  /** The workflow is at its end; the run ends. */
  | { readonly status: 'done' }
  /** There is more to do at once. */
  | { readonly status: 'continue' }
  /** Start these task runs (starting one that runs already is no error), then wait for a signal or the time. */
  | {
      readonly status: 'wait';
      readonly start: readonly TaskRun[];
      readonly wakeAfterMs?: number;
    };

/** What to do after one advance of a task. */
export type TaskAdvance =
  | { readonly status: 'done' }
  | { readonly status: 'continue' }
  | { readonly status: 'wait'; readonly wakeAfterMs?: number };

/**
 * What the engine drives. Both functions read the plugin database, do one piece of work and write
 * it back; they may be called twice for the same piece and then come to the same end. They throw
 * only when the database cannot be reached; the engine then tries again, for as long as it takes.
 */
export interface WorkflowProgram {
  advanceWorkflow(run: WorkflowRun): Promise<WorkflowAdvance>;
  advanceTask(run: TaskRun): Promise<TaskAdvance>;
}

/** How a run stands in the engine. */
export type RunState = 'running' | 'ended' | 'absent';

/**
 * The motor: drives runs to their end through restarts and crashes, on any of several replicas.
 * What the product knows lives in the plugin database; an engine that has lost all its data is
 * started again from there.
 */
export interface WorkflowEngine {
  /** Connects, takes over what dead processes left, and starts driving. Called once. */
  launch(program: WorkflowProgram): Promise<void>;
  /** Starts the run unless it was started before. */
  startRun(run: WorkflowRun): Promise<void>;
  /** Wakes the run, and all its running tasks, to look at the database again. No error when it is unknown. */
  signal(run: WorkflowRun): Promise<void>;
  stateOf(run: WorkflowRun): Promise<RunState>;
  /** Runs the engine holds as not ended. */
  listRunning(): Promise<WorkflowRun[]>;
  /** Ends a run that has no row any more. */
  endRun(run: WorkflowRun): Promise<void>;
  /** How many runs ended before the time and are still kept. */
  countEndedBefore(time: Date): Promise<number>;
  /** Deletes what the engine keeps of runs that ended before the time. Answers how many. */
  deleteEndedBefore(time: Date): Promise<number>;
  /** Throws with the reason when the engine cannot work. */
  checkHealth(): Promise<void>;
  /** Lets running steps finish for a short while and stops. Runs go on at the next launch. */
  shutdown(): Promise<void>;
}
