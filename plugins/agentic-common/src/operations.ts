import { z } from 'zod';
import type { BlastRadius, DryRun, Verdict } from './effects';
import type { CriticVerdict } from './critic';

/** The answer about one operation of an approval. `needs_review` unless something says otherwise. */
export const OperationOutcome = z.enum(['allow', 'deny', 'needs_review']);
export type OperationOutcome = z.infer<typeof OperationOutcome>;

/** What kind of change an approval is about, by the furthest-reaching thing in it. */
export const ApprovalKind = z.enum(['destroy', 'update', 'create', 'none']);
export type ApprovalKind = z.infer<typeof ApprovalKind>;

/**
 * The outcome of one operation: policy and critic together, the stricter of the two. Only an
 * operation that policy allows and the critic has nothing to say against is `allow`.
 */
export function outcomeOf(
  effectId: string,
  verdict: Pick<Verdict, 'decision'>,
  critic: Pick<CriticVerdict, 'findings'> | undefined,
): OperationOutcome {
  const found = (critic?.findings ?? []).filter(
    finding => finding.effectId === undefined || finding.effectId === effectId,
  );
  if (
    verdict.decision === 'deny' ||
    found.some(({ decision }) => decision === 'block')
  ) {
    return 'deny';
  }
  const clear =
    verdict.decision === 'allow' &&
    critic !== undefined &&
    found.every(({ decision }) => decision === 'note');
  return clear ? 'allow' : 'needs_review';
}

/** The kind of change that these operations make together. */
export function approvalKindOf(
  operations: ReadonlyArray<{
    readonly changes: DryRun['changes'];
    readonly destructive?: BlastRadius['destructive'];
  }>,
): ApprovalKind {
  const actions = new Set(
    operations.flatMap(({ changes }) => changes.map(({ action }) => action)),
  );
  if (
    actions.has('delete') ||
    operations.some(({ destructive }) => destructive)
  ) {
    return 'destroy';
  }
  if (actions.has('update')) {
    return 'update';
  }
  return actions.has('create') ? 'create' : 'none';
}
