import { AgentStopped } from '../../killSwitch/KillSwitchWatch';
import { DependencyUnavailable } from '../../resilience/DependencyUnavailable';
import { TaskHold } from '../TaskHold';

/** The gate that the kill switch holds tasks with; see `killSwitchGate`. */
export const KILL_SWITCH_GATE = 'kill_switch';

/** The hold that an error stands for: the task has not failed, it has to wait. */
export function holdBehind(
  error: unknown,
  stopSignal: AbortSignal,
): TaskHold | undefined {
  if (error instanceof TaskHold) {
    return error;
  }
  // However the agent put it: work that was told to stop has not failed by itself.
  if (stopSignal.aborted && stopSignal.reason instanceof AgentStopped) {
    return new TaskHold(stopSignal.reason.message, KILL_SWITCH_GATE);
  }
  if (error instanceof DependencyUnavailable) {
    return new TaskHold(error.message, 'dependency', error.retryAt);
  }
  return undefined;
}
