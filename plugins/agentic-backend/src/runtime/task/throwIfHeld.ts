import type { TaskStage } from './TaskStage';

/** An agent's answer counts for nothing when a gate held one of its calls: throws that hold. */
export function throwIfHeld(stage: Pick<TaskStage, 'held'>): void {
  const hold = stage.held();
  if (hold) throw hold;
}
