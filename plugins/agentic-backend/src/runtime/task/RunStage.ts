import type { AgenticDatabase } from '../../database/AgenticDatabase';
import { insertCriticVerdict } from '../../database/CriticVerdictStore';
import { effectsOfTask } from '../../database/EffectStore';
import { enqueueEvents } from '../../database/Outbox';
import { isoNow } from '../../database/rows';
import { abortable } from '../abortable';
import type { AgentContexts } from '../AgentContexts';
import type { Critic } from '../critic/Critic';
import { blockedByCritic, describeVerdict } from '../critic/describeVerdict';
import { redactDeep } from '../redact';
import type { TaskAdvance } from '../WorkflowEngine';
import { recordInvocation } from './recordInvocation';
import { settleTask } from './settleTask';
import { throwIfHeld } from './throwIfHeld';
import type { StageRunner, TaskStage } from './TaskStage';

/** The last stage: the agent works and the critic looks at what it gave; done is only what was seen in the world. */
export class RunStage implements StageRunner {
  readonly #database: AgenticDatabase;
  readonly #contexts: AgentContexts;
  readonly #critic: Critic;

  constructor(options: {
    database: AgenticDatabase;
    contexts: AgentContexts;
    critic: Critic;
  }) {
    this.#database = options.database;
    this.#contexts = options.contexts;
    this.#critic = options.critic;
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
    const critic = await this.#critic.reviewOutput(
      { stored, taskId: task.task_id, agent },
      asRecord(output),
    );
    if (critic.decision === 'block') {
      // On record before the task fails, so that everybody sees what was found.
      await settleTask(this.#database, stage, async tx => {
        await insertCriticVerdict(tx.trx, critic);
        return {};
      });
      throw blockedByCritic(critic);
    }
    await settleTask(this.#database, stage, async tx => {
      await insertCriticVerdict(tx.trx, critic);
      if (critic.findings.length > 0) {
        tx.events.add({
          type: 'task',
          level: critic.decision === 'approve' ? 'info' : 'warn',
          taskId: task.task_id,
          message: describeVerdict(critic),
          data: { verdictId: critic.verdictId, decision: critic.decision },
        });
      }
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

function asRecord(output: unknown): Record<string, unknown> {
  return typeof output === 'object' && output !== null
    ? { ...output }
    : { value: output };
}
