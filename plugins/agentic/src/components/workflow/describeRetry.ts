import {
  retryScope,
  type Effect,
  type TaskView,
  type Workflow,
} from '@agentic-backstage/plugin-agentic-common';

/** What becomes of an effect in a retry. */
export type EffectFate = 'kept' | 'not_repeated' | 'looked_at' | 'anew';

/** An effect that a retry comes across. */
export interface RetriedEffect {
  readonly effectId: string;
  readonly taskId: string;
  readonly summary: string;
  readonly fate: EffectFate;
}

/** What a retry would do, before it is done. */
export interface RetryPreview {
  readonly again: readonly TaskView[];
  readonly kept: readonly TaskView[];
  readonly effects: readonly RetriedEffect[];
}

const FATES: Readonly<Record<Effect['status'], EffectFate>> = {
  confirmed: 'not_repeated',
  proposed: 'anew',
  rolled_back: 'anew',
  rollback_failed: 'anew',
  started: 'looked_at',
  unknown: 'looked_at',
  failed: 'looked_at',
};

/** What runs again from a task on, what is kept, and what becomes of each effect; the last record of an effect counts. */
export function describeRetry(
  { tasks, effects }: Pick<Workflow, 'tasks' | 'effects'>,
  fromTask?: string,
): RetryPreview {
  const { again, kept } = retryScope(tasks, fromTask);
  const runsAgain = new Set(again.map(({ taskId }) => taskId));
  const latest = new Map(
    effects.map(effect => [`${effect.taskId}.${effect.key}`, effect]),
  );
  return {
    again,
    kept,
    effects: [...latest.values()].map(
      ({ effectId, taskId, status, dryRun }) => ({
        effectId,
        taskId,
        summary: dryRun.summary,
        fate: runsAgain.has(taskId) ? FATES[status] : 'kept',
      }),
    ),
  };
}
