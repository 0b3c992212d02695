import type { AgenticDatabase } from '../../database/AgenticDatabase';
import { effectsOfTask } from '../../database/EffectStore';
import { enqueueEvents } from '../../database/Outbox';
import { isoNow } from '../../database/rows';
import { abortable } from '../abortable';
import type { AgentContexts } from '../AgentContexts';
import { redactDeep } from '../redact';
import type { TaskAdvance } from '../WorkflowEngine';
import { recordInvocation } from './recordInvocation';
import { settleTask } from './settleTask';
import { throwIfHeld } from './throwIfHeld';
import type { StageRunner, TaskStage } from './TaskStage';

/** The last stage: the agent works; done is only what was seen in the world. */
export class RunStage implements StageRunner {
  readonly #database: AgenticDatabase;
  readonly #contexts: AgentContexts;

  constructor(options: { database: AgenticDatabase; contexts: AgentContexts }) {
    this.#database = options.database;
    this.#contexts = options.contexts;
  }

  async advance(stage: TaskStage): Promise<TaskAdvance> {
    const { stored, task, agent, journal, at, emitted, startedAt } = stage;
    const context = this.#contexts.forExecution(at, agent, emitted);
    const output = agent.output.parse(
      await abortable(agent.execute(context), at.signal),
    );
    throwIfHeld(stage);
    await journal.flush();
    const effects = await effectsOfTask(
      this.#database.knex,
      stored.row.id,
      task.task_id,
    );
    const unconfirmed = effects.filter(
      effect => effect.status !== 'confirmed' && agent.lane === 'execute',
    );
    await settleTask(this.#database, stage, async tx => {
      await enqueueEvents(tx.trx, emitted);
      await recordInvocation(
        tx,
        task,
        unconfirmed.length === 0 ? 'completed' : 'unknown',
        startedAt,
      );
      if (unconfirmed.length > 0) {
        const what = unconfirmed
          .map(
            effect =>
              `${effect.tool} (${effect.readBack?.evidence ?? effect.status})`,
          )
          .join('; ');
        tx.events.add({
          type: 'task',
          level: 'error',
          taskId: task.task_id,
          message: `It cannot be confirmed that this was done: ${what}`,
        });
        return {
          status: 'unknown',
          error: `Not confirmed by a look at the world: ${what}`,
          output: JSON.stringify(redactDeep(output)),
          completed_at: isoNow(),
        };
      }
      tx.events.add({
        type: 'task',
        taskId: task.task_id,
        message: 'Completed',
      });
      return {
        status: 'completed',
        error: null,
        output: JSON.stringify(redactDeep(output)),
        completed_at: isoNow(),
      };
    });
    return { status: 'done' };
  }
}
