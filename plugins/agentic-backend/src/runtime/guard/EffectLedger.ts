import type { ReadBack } from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import {
  putProposedEffects,
  updateEffect,
  type EffectChange,
  type NewEffect,
  type StoredEffect,
} from '../../database/EffectStore';
import { redact, redactDeep } from '../redact';

type EffectRef = Pick<StoredEffect, 'effectId' | 'workflowId' | 'tool'>;

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

  /** The tool is about to be called. */
  async begin(effect: EffectRef): Promise<void> {
    await this.#change(effect, { status: 'started', started: true });
  }

  /** The tool threw: the world may or may not have changed. */
  async failed(effect: EffectRef, error: unknown): Promise<void> {
    const text = error instanceof Error ? error.message : String(error);
    await this.#change(
      effect,
      { status: 'failed', error: redact(text), finished: true },
      ['started'],
    );
  }

  /** The tool answered; nobody has looked yet. */
  async answered(effect: EffectRef, result: unknown): Promise<void> {
    await this.#change(effect, { result: asRecord(result) });
  }

  /** Somebody looked at the world after the call. Answers what is now on record. */
  async observed(
    effect: StoredEffect,
    result: unknown,
    seen: ReadBack,
  ): Promise<StoredEffect> {
    const record = {
      status: seen.state === 'confirmed' ? 'confirmed' : 'unknown',
      result: asRecord(result),
      readBack: toReadBack(seen),
      finished: true,
    } as const;
    await this.#change(effect, record, ['started', 'unknown', 'failed']);
    return { ...effect, ...record };
  }

  /** An undoing was tried, and somebody looked. Answers what is now on record. */
  async undone(effect: EffectRef, seen: ReadBack): Promise<ReadBack> {
    const readBack = toReadBack(seen);
    await this.#change(effect, {
      status: seen.state === 'absent' ? 'rolled_back' : 'rollback_failed',
      readBack,
      finished: true,
    });
    return readBack;
  }

  async #change(
    effect: EffectRef,
    change: EffectChange,
    onlyIn?: Parameters<typeof updateEffect>[3],
  ): Promise<void> {
    await this.knex.transaction(trx =>
      updateEffect(trx, effect.effectId, change, onlyIn),
    );
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return redactDeep(
    typeof value === 'object' && value !== null ? { ...value } : { value },
  );
}

function toReadBack({ state, evidence, observedAt }: ReadBack): ReadBack {
  return { state, evidence: redact(evidence), observedAt };
}
