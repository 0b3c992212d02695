import type { AgenticDatabase } from '../../database/AgenticDatabase';
import { redact } from '../redact';
import type { TaskHold } from '../TaskHold';
import { settleTask } from './settleTask';
import type { HeldTask } from './TaskStage';

/** Parks a task as it is, and says once why. It uses up no attempt. */
export async function holdTask(
  database: AgenticDatabase,
  held: HeldTask,
  hold: TaskHold,
): Promise<void> {
  const because = redact(hold.message);
  if (held.task.held_because === because) return;
  await settleTask(database, held, async tx => {
    tx.events.add({
      type: 'task',
      level: 'warn',
      taskId: held.task.task_id,
      message: `Waiting: ${because}`,
      data: { gate: hold.gate },
    });
    tx.record({
      kind: 'gate.refused',
      actor: `agent:${held.task.agent}`,
      subject: `task:${held.task.task_id}`,
      payload: { gate: hold.gate, outcome: 'hold', reason: because },
    });
    return { held_because: because, held_by: hold.gate };
  });
}
