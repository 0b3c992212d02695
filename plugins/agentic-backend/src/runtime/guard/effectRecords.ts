import type { ReadBack } from '@agentic-backstage/plugin-agentic-common';
import type { NewChange } from '../../changeRecord/ChangeRecord';
import type { NewEffect } from '../../database/EffectStore';
import { redact, redactDeep } from '../redact';

/** A part of what is put on record about a step in an effect's life. */
export type Recorded = Pick<NewChange, 'kind'> & {
  readonly payload: Record<string, unknown>;
};

/** The dry run of an effect and what policy says about it. */
export function proposedRecords({
  dryRun,
  verdict,
  ...proposed
}: NewEffect): Recorded[] {
  const { paramsDigest } = proposed;
  return [
    { kind: 'dry_run.recorded', payload: { ...proposed, dryRun } },
    { kind: 'verdict.recorded', payload: { verdict, paramsDigest } },
  ];
}

/** What the tool has answered. */
export function answerRecord(
  tool: string,
  result: Record<string, unknown>,
): Recorded {
  return { kind: 'effect.executed', payload: { tool, result } };
}

/** What somebody saw who looked at the world. */
export function readBackRecord(tool: string, readBack: ReadBack): Recorded {
  return { kind: 'read_back.recorded', payload: { tool, ...readBack } };
}

/** A tool's answer as it is kept: an object, without secrets. */
export function asRecord(value: unknown): Record<string, unknown> {
  return redactDeep(
    typeof value === 'object' && value !== null ? { ...value } : { value },
  );
}

/** A look at the world as it is kept, without what else came with it. */
export function asReadBack({
  state,
  evidence,
  observedAt,
}: ReadBack): ReadBack {
  return { state, evidence: redact(evidence), observedAt };
}
