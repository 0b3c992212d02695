import type {
  EffectStatus,
  ReadBack,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import {
  appendAllToRecord,
  type NewChange,
} from '../../changeRecord/ChangeRecord';
import {
  putProposedEffects,
  updateEffect,
  type EffectChange,
  type NewEffect,
  type StoredEffect,
} from '../../database/EffectStore';
import type { ApprovalRow, TaskRow } from '../../database/tables';
import type { EffectTrace } from '../../limits/detectLoop';
import { traceEffect } from '../../limits/EffectTraces';
import { redact, redactDeep } from '../redact';
import { TaskFailure } from '../TaskFailure';
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

/** A part of what is put on record about a step. */
type Recorded = Pick<NewChange, 'kind'> & {
  readonly payload: Record<string, unknown>;
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
      effects.flatMap(({ dryRun, verdict, ...proposed }) => {
        const about = {
          chain: task.workflowId,
          actor,
          subject: `effect:${proposed.effectId}`,
        };
        const { paramsDigest } = proposed;
        return [
          {
            ...about,
            kind: 'dry_run.recorded',
            payload: { ...proposed, dryRun },
          },
          {
            ...about,
            kind: 'verdict.recorded',
            payload: { verdict, paramsDigest },
          },
        ] as const;
      }),
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
      ['proposed', 'started', 'unknown', 'failed'],
      effect.approvalId,
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
      ['started'],
    );
  }

  /** The tool answered; nobody has looked yet. */
  async answered(effect: EffectRef, result: unknown): Promise<void> {
    await this.#change(effect, { result: asRecord(result) }, [
      {
        kind: 'effect.executed',
        payload: { tool: effect.tool, result: asRecord(result) },
      },
    ]);
  }

  /** Somebody looked at the world after the call. Answers what is now on record. */
  async observed(
    effect: StoredEffect & EffectRef,
    result: unknown,
    seen: ReadBack,
  ): Promise<StoredEffect> {
    const record = {
      status: seen.state === 'confirmed' ? 'confirmed' : 'unknown',
      result: asRecord(result),
      readBack: toReadBack(seen),
      finished: true,
    } as const;
    await this.#change(
      effect,
      record,
      [
        readBackOf(effect, record.readBack),
        {
          kind: `effect.${record.status}`,
          payload: { tool: effect.tool, result: record.result },
        },
      ],
      ['started', 'unknown', 'failed'],
    );
    return { ...effect, ...record };
  }

  /** An undoing was tried, and somebody looked. Answers what is now on record. */
  async undone(effect: EffectRef, seen: ReadBack): Promise<ReadBack> {
    const readBack = toReadBack(seen);
    const isGone = seen.state === 'absent';
    await this.#change(
      effect,
      {
        status: isGone ? 'rolled_back' : 'rollback_failed',
        readBack,
        finished: true,
      },
      [
        readBackOf(effect, readBack),
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
    onlyIn?: Parameters<typeof updateEffect>[3],
    underApproval?: string,
  ): Promise<boolean> {
    return this.knex.transaction(async trx => {
      const stands =
        underApproval === undefined ||
        (await trx<ApprovalRow>('approvals')
          .where({ id: underApproval, status: 'approved' })
          .first('id'));
      if (
        !stands ||
        !(await updateEffect(trx, effect.effectId, change, onlyIn))
      ) {
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

function readBackOf(effect: EffectRef, readBack: ReadBack): Recorded {
  return {
    kind: 'read_back.recorded',
    payload: { tool: effect.tool, ...readBack },
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  return redactDeep(
    typeof value === 'object' && value !== null ? { ...value } : { value },
  );
}

function toReadBack({ state, evidence, observedAt }: ReadBack): ReadBack {
  return { state, evidence: redact(evidence), observedAt };
}
