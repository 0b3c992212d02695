import type { AgenticDatabase } from '../../database/AgenticDatabase';
import { KILL_SWITCH_GATE } from './holdBehind';
import { settleTask } from './settleTask';
import type { HeldTask } from './TaskStage';

/** Notes that a task which a kill switch held goes on. Other gates are asked again by the work itself. */
export async function goOn(
  database: AgenticDatabase,
  held: HeldTask,
): Promise<void> {
  if (held.task.held_by !== KILL_SWITCH_GATE) return;
  await settleTask(database, held, async tx => {
    tx.events.add({
      type: 'task',
      taskId: held.task.task_id,
      message: `Goes on: ${held.task.agent} was released`,
    });
    return { held_because: null, held_by: null };
  });
}
