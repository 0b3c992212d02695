import type { Agent } from '@agentic-backstage/plugin-agentic-node';
import type { QueuedEvent } from '../../database/Outbox';
import type { TaskRow } from '../../database/tables';
import type { StoredWorkflow } from '../../database/WorkflowStore';
import type { TaskAtHand } from '../AgentContexts';
import type { TaskHold } from '../TaskHold';
import type { TaskJournal } from '../TaskJournal';
import type { TaskLease } from '../TaskLease';
import type { TaskAdvance } from '../WorkflowEngine';

/** A task as one process holds it under its lease. */
export interface HeldTask {
  readonly stored: StoredWorkflow;
  readonly task: TaskRow;
  readonly lease: TaskLease;
}

/** A task in one of its stages, with all a stage works with. */
export interface TaskStage extends HeldTask {
  readonly agent: Agent;
  readonly journal: TaskJournal;
  readonly at: TaskAtHand;
  /** Filled while the agent works; leaves with the outcome, also when that is a failure for good. */
  readonly emitted: QueuedEvent[];
  readonly startedAt: number;
  /** The hold that a call of this stage met, also when the agent swallowed the error. */
  held(): TaskHold | undefined;
}

/**
 * Does one stage of a task and writes its outcome in one transaction; done again after a crash, it
 * comes to the same end. Throws a `TaskFailure` when the task cannot go on, a `TaskHold` when it may
 * not go on now.
 */
export interface StageRunner {
  advance(stage: TaskStage): Promise<TaskAdvance>;
}
