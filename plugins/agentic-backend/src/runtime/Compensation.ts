import { describeStop } from '@agentic-backstage/plugin-agentic-common';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import { effectsOfWorkflow, type StoredEffect } from '../database/EffectStore';
import type { TaskRow } from '../database/tables';
import type { WorkflowStore } from '../database/WorkflowStore';
import { stopOf } from '../killSwitch/KillSwitchStore';
import { guardedWorkflow, type AgentContexts } from './AgentContexts';
import type { GuardCalls } from './guard/GuardCalls';
import type { Registry } from './Registry';
import { holdForStop } from './task/holdForStop';
import { KILL_SWITCH_GATE } from './task/holdBehind';
import { TaskHold } from './TaskHold';
import { TaskJournal } from './TaskJournal';

const DONE_SOMETHING = ['started', 'confirmed', 'unknown', 'failed'];

/** One undoing may take this long; then it is recorded as not confirmed, and the next begins. */
const UNDO_MS = 5 * 60_000;

/** Undoes what a workflow did, last first. */
export class Compensation {
  readonly #database: AgenticDatabase;
  readonly #store: WorkflowStore;
  readonly #registry: Registry;
  readonly #contexts: AgentContexts;
  readonly #guard: GuardCalls;

  constructor(options: {
    database: AgenticDatabase;
    store: WorkflowStore;
    registry: Registry;
    contexts: AgentContexts;
    guard: GuardCalls;
  }) {
    this.#database = options.database;
    this.#store = options.store;
    this.#registry = options.registry;
    this.#contexts = options.contexts;
    this.#guard = options.guard;
  }

  /**
   * Undoes the effect that was done last. Answers how it went over all when nothing is left to
   * undo, and `undefined` while there is more. An effect that cannot be undone is recorded as such
   * and does not stop the others.
   */
  async undoNext(
    workflowId: string,
  ): Promise<{ allUndone: boolean; undone: number } | undefined> {
    const effects = await effectsOfWorkflow(this.#database.knex, workflowId);
    const next = latestDone(effects);
    if (!next) {
      return {
        allUndone: latestRounds(effects).every(
          effect => effect.status !== 'rollback_failed',
        ),
        undone: effects.filter(effect => effect.status === 'rolled_back')
          .length,
      };
    }
    await this.#waitForRelease(workflowId, next.taskId);
    await this.undo(workflowId, next.effectId);
    return undefined;
  }

  /** Throws `TaskHold` while the agent whose work is to be undone is stopped, and notes it once. */
  async #waitForRelease(workflowId: string, taskId: string): Promise<void> {
    const because = await this.#database.withWorkflow(workflowId, async tx => {
      const task = await tx
        .trx<TaskRow>('tasks')
        .where({ workflow_id: workflowId, task_id: taskId })
        .first();
      const stop = task && (await stopOf(tx.trx, task.agent));
      if (!stop) return undefined;
      const text = describeStop(stop, task.agent);
      await holdForStop(tx, task, text);
      return text;
    });
    if (because) throw new TaskHold(because, KILL_SWITCH_GATE);
  }

  /**
   * Undoes one effect and notes it in the history, with who wanted it and why. Answers what a look at
   * the world found. Throws `TaskHold` when a gate holds it for now.
   */
  async undo(
    workflowId: string,
    effectId: string,
    because: string = '',
  ): Promise<{ undone: boolean; evidence: string }> {
    const stored = await this.#store.get(workflowId);
    const effects = await effectsOfWorkflow(this.#database.knex, workflowId);
    const effect = effects.find(candidate => candidate.effectId === effectId);
    const task = stored?.tasks.find(
      candidate => candidate.task_id === effect?.taskId,
    );
    if (!stored || !effect || !task) {
      return { undone: true, evidence: 'It is not on record' };
    }
    const journal = new TaskJournal(this.#database, workflowId, task.task_id);
    const seen = await this.#guard.undo({
      agent: this.#registry.guardedAgent(task.agent),
      effectId,
      workflow: guardedWorkflow(stored),
      attempt: task.attempt,
      context: this.#contexts.forTool({
        stored,
        task,
        log: journal,
        signal: AbortSignal.timeout(UNDO_MS),
      }),
    });
    await journal.flush();
    const undone = seen.state === 'absent';
    await this.#database.withWorkflow(workflowId, async tx => {
      tx.events.add({
        type: 'effect',
        level: undone ? 'info' : 'error',
        taskId: task.task_id,
        message: undone
          ? `Undone: ${effect.tool}${because}. ${seen.evidence}`
          : `Could not be undone: ${effect.tool}${because}. ${seen.evidence}`,
        data: { effectId },
      });
      const left = (await effectsOfWorkflow(tx.trx, workflowId)).filter(
        other =>
          other.taskId === task.task_id &&
          DONE_SOMETHING.includes(other.status),
      );
      if (undone && left.length === 0 && task.status === 'completed') {
        await tx
          .trx<TaskRow>('tasks')
          .where({ workflow_id: workflowId, task_id: task.task_id })
          .update({ status: 'rolled_back' });
      }
    });
    return { undone, evidence: seen.evidence };
  }
}

function latestDone(
  effects: readonly StoredEffect[],
): StoredEffect | undefined {
  return effects
    .map((effect, order) => ({ effect, order }))
    .filter(({ effect }) => DONE_SOMETHING.includes(effect.status))
    .sort((a, b) => {
      // Open effects (no end on record) come first: they were the last to begin.
      const ends = (b.effect.finishedAt ?? '9').localeCompare(
        a.effect.finishedAt ?? '9',
      );
      return ends !== 0 ? ends : b.order - a.order;
    })[0]?.effect;
}

/** The last round of each effect: an earlier one that could not be undone was made good by it. */
function latestRounds(effects: readonly StoredEffect[]): StoredEffect[] {
  const latest = new Map<string, StoredEffect>();
  for (const effect of effects) {
    const key = `${effect.taskId}.${effect.key}`;
    const other = latest.get(key);
    if (!other || other.round < effect.round) latest.set(key, effect);
  }
  return [...latest.values()];
}
