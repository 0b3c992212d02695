import { z } from 'zod';

/** The exact state of a workflow. Over HTTP it is called `phase`. */
export const WorkflowPhase = z.enum([
  'pending',
  'planning',
  'awaiting_approval',
  'running',
  'paused',
  'completed',
  'failed',
  'cancelled',
  'rolled_back',
]);
export type WorkflowPhase = z.infer<typeof WorkflowPhase>;

/** The coarse state of a workflow that the HTTP API answers. */
export const WorkflowStatus = z.enum([
  'pending',
  'in_progress',
  'paused',
  'completed',
  'failed',
  'cancelled',
  'rolled_back',
]);
export type WorkflowStatus = z.infer<typeof WorkflowStatus>;

/** The state of one task of a workflow. `unknown` means done but not confirmed by a read-back. */
export const TaskStatus = z.enum([
  'pending',
  'preparing',
  'awaiting_approval',
  'running',
  'completed',
  'failed',
  'unknown',
  'cancelled',
  'rolled_back',
]);
export type TaskStatus = z.infer<typeof TaskStatus>;

/** Phases from which a workflow does not move on by itself. */
export const TERMINAL_PHASES: readonly WorkflowPhase[] = [
  'completed',
  'failed',
  'cancelled',
  'rolled_back',
];

/** Task states from which a task does not move on by itself. */
export const SETTLED_TASK_STATUSES: readonly TaskStatus[] = [
  'completed',
  'failed',
  'unknown',
  'cancelled',
  'rolled_back',
];

/** Maps the exact phase to the status of the HTTP API. */
export function statusOfPhase(phase: WorkflowPhase): WorkflowStatus {
  switch (phase) {
    case 'planning':
    case 'awaiting_approval':
    case 'running':
      return 'in_progress';
    default:
      return phase;
  }
}
