import type {
  EffectStatus,
  ReadBack,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { appendAllToRecord } from '../../changeRecord/ChangeRecord';
import {
  putProposedEffects,
  updateEffect,
  type EffectChange,
  type EffectCondition,
  type NewEffect,
  type StoredEffect,
} from '../../database/EffectStore';
import type { TaskRow } from '../../database/tables';
import type { EffectTrace } from '../../limits/detectLoop';
import { traceEffect } from '../../limits/EffectTraces';
import { metrics } from '../../telemetry/Metrics';
import { redact } from '../redact';
import { TaskFailure } from '../TaskFailure';
import {
  answerRecord,
  asReadBack,
  asRecord,
  proposedRecords,
  readBackRecord,
  type Recorded,
} from './effectRecords';
import type { GuardCall } from './Gate';

type TraceKind = EffectTrace['kind'];

type EffectRef = Pick<
  StoredEffect,
  'effectId' | 'workflowId' | 'taskId' | 'tool' | 'paramsDigest'
> & {
  /** Who acts; looked up when the caller does not say. */
  readonly agent?: string;
};

/** What the loop detector is told of a new status. */
const TRACED: Readonly<Partial<Record<EffectStatus, TraceKind>>> = {
  confirmed: 'confirmed',
  failed: 'failed',
  rolled_back: 'undone',
  rollback_failed: 'undone',
};

/**
 * The only writer of effects: each step of an effect's life is one transaction here, so that
 * whatever has to be true together with it is written in the same place.
 */
export class EffectLedger {
  constructor(private readonly knex: Knex) {}

  /** Puts the dry runs and verdicts of a task's effects on record, in place of those not begun. */
  async propose(
    trx: Knex.Transaction,
    task: { workflowId: string; taskId: string },
    effects: readonly NewEffect[],
  ): Promise<void> {
    await putProposedEffects(trx, task, effects);
    const actor = await agentOf(trx, task);
    await appendAllToRecord(
      trx,
      effects.flatMap(effect =>
        proposedRecords(effect).map(each => ({
          ...each,
          chain: task.workflowId,
          actor,
          subject: `effect:${effect.effectId}`,
        })),
      ),
    );
  }

  /** A gate has refused a call: what was asked for, and why it was not done. */
  async refused(
    call: Pick<GuardCall, 'agent' | 'stage' | 'toolId' | 'workflow' | 'effect'>,
    gate: string,
    reason: string,
  ): Promise<void> {
    const { agent, stage, toolId, workflow, effect } = call;
    await this.knex.transaction(trx =>
      appendAllToRecord(trx, [
        {
          chain: workflow.id,
          kind: 'gate.refused',
          actor: `agent:${agent.id}`,
          subject: effect ? `effect:${effect.effectId}` : `tool:${toolId}`,
          payload: { gate, outcome: 'fail', stage, tool: toolId, reason },
        },
      ]),
    );
  }

  /** Puts effects under an approval that is about to be asked for. */
  async putUnderApproval(
    trx: Knex.Transaction,
    effects: readonly EffectRef[],
    approvalId: string,
  ): Promise<void> {
    for (const { effectId } of effects) {
      await updateEffect(trx, effectId, { approvalId });
    }
  }

  /**
   * The tool is about to be called. Throws when the approval was withdrawn, or the effect undone,
   * between the gates and here: this transaction is the last word.
   */
  async begin(effect: StoredEffect & EffectRef): Promise<void> {
    const begun = await this.#change(
      effect,
      { status: 'started', started: true },
      [{ kind: 'effect.begun', payload: { tool: effect.tool } }],
      {
        onlyIn: ['proposed', 'started', 'unknown', 'failed'],
        underApproval: effect.approvalId,
      },
    );
    if (!begun) {
      throw new TaskFailure(
        `'${effect.tool}' was not carried out: its approval was withdrawn at the last moment; retry the task to ask again`,
        { retryable: false },
      );
    }
  }

  /** The tool threw: the world may or may not have changed. */
  async failed(effect: EffectRef, error: unknown): Promise<void> {
    const text = redact(error instanceof Error ? error.message : String(error));
    await this.#change(
      effect,
      { status: 'failed', error: text, finished: true },
      [{ kind: 'effect.failed', payload: { tool: effect.tool, error: text } }],
      { onlyIn: ['started'] },
    );
  }

  /** The tool answered; nobody has seen yet whether it is so. */
  async answered(effect: EffectRef, answer: unknown): Promise<void> {
    const result = asRecord(answer);
    await this.#change(effect, { result }, [answerRecord(effect.tool, result)]);
  }

  /**
   * Somebody looked at the world after the call. With `unsaid` the tool's answer is put on record
   * here as well. Answers what is now on record.
   */
  async observed(
    effect: StoredEffect & EffectRef,
    outcome: { result: unknown; seen: ReadBack; unsaid?: boolean },
  ): Promise<StoredEffect> {
    const { tool } = effect;
    const { seen, unsaid } = outcome;
    const result = asRecord(outcome.result);
    const record = {
      status: seen.state === 'confirmed' ? 'confirmed' : 'unknown',
      result,
      readBack: asReadBack(seen),
      finished: true,
    } as const;
    await this.#change(
      effect,
      record,
      [
        ...(unsaid ? [answerRecord(tool, result)] : []),
        readBackRecord(tool, record.readBack),
        { kind: `effect.${record.status}`, payload: { tool, result } },
      ],
      { onlyIn: ['started', 'unknown', 'failed'] },
    );
    return { ...effect, ...record };
  }

  /** An undoing was tried, and somebody looked. Answers what is now on record. */
  async undone(effect: EffectRef, seen: ReadBack): Promise<ReadBack> {
    const readBack = asReadBack(seen);
    const isGone = seen.state === 'absent';
    await this.#change(
      effect,
      {
        status: isGone ? 'rolled_back' : 'rollback_failed',
        readBack,
        finished: true,
      },
      [
        readBackRecord(effect.tool, readBack),
        {
          kind: isGone ? 'effect.undone' : 'effect.undo_failed',
          payload: { tool: effect.tool },
        },
      ],
    );
    return readBack;
  }

  async #trace(
    trx: Knex.Transaction,
    effect: EffectRef,
    { status }: EffectChange,
  ): Promise<void> {
    const kind = status && TRACED[status];
    if (kind) {
      await traceEffect(trx, { ...effect, digest: effect.paramsDigest, kind });
    }
  }

  async #change(
    effect: EffectRef,
    change: EffectChange,
    recorded: readonly Recorded[],
    condition?: EffectCondition,
  ): Promise<boolean> {
    const changed = await this.knex.transaction(async trx => {
      if (!(await updateEffect(trx, effect.effectId, change, condition))) {
        return false;
      }
      await this.#trace(trx, effect, change);
      const actor = await agentOf(trx, effect);
      await appendAllToRecord(
        trx,
        recorded.map(each => ({
          ...each,
          chain: effect.workflowId,
          actor,
          subject: `effect:${effect.effectId}`,
        })),
      );
      return true;
    });
    if (changed && change.status) {
      metrics.count('effectChanges', {
        tool: effect.tool,
        status: change.status,
      });
    }
    return changed;
  }
}

/** The agent that a task belongs to, as the actor of what is done for it. */
async function agentOf(
  trx: Knex.Transaction,
  {
    workflowId,
    taskId,
    agent,
  }: Pick<EffectRef, 'workflowId' | 'taskId' | 'agent'>,
): Promise<string> {
  if (agent !== undefined) return `agent:${agent}`;
  const task = await trx<TaskRow>('tasks')
    .where({ workflow_id: workflowId, task_id: taskId })
    .first('agent');
  return task ? `agent:${task.agent}` : 'system';
}
