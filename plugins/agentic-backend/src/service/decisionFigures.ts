import type { DecisionFigures } from '@agentic-backstage/plugin-agentic-common';
import type { DecidedApproval } from '../database/DecidedApprovals';

function secondsBetween(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}

/** The value that this share of all values does not exceed (nearest rank); nothing for no values. */
export function quantile(
  values: readonly number[],
  share: number,
): number | undefined {
  if (values.length === 0) {
    return undefined;
  }
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1];
}

/**
 * Whether somebody approved without a real look: the details were not on their screen before, or
 * less time went by than it takes to read them. A rejection is never blind.
 */
export function isBlind(
  { decision, decidedAt, seenAt, detailsSeenAt }: DecidedApproval,
  blindSeconds: number,
): boolean {
  if (decision !== 'approve') {
    return false;
  }
  if (!seenAt || !detailsSeenAt || detailsSeenAt > decidedAt) {
    return true;
  }
  return secondsBetween(seenAt, decidedAt) < blindSeconds;
}

/** The figures of a group of decisions. */
export function decisionFigures(
  decided: readonly DecidedApproval[],
  blindSeconds: number,
): DecisionFigures {
  const approved = decided.filter(({ decision }) => decision === 'approve');
  const blind = approved.filter(each => isBlind(each, blindSeconds)).length;
  const waited = decided.map(({ askedAt, decidedAt }) =>
    secondsBetween(askedAt, decidedAt),
  );
  const looked = decided.flatMap(({ seenAt, decidedAt }) =>
    seenAt && seenAt <= decidedAt ? [secondsBetween(seenAt, decidedAt)] : [],
  );
  return {
    decisions: decided.length,
    approved: approved.length,
    rejected: decided.length - approved.length,
    medianSecondsToDecide: quantile(waited, 0.5),
    p90SecondsToDecide: quantile(waited, 0.9),
    medianSecondsLookedAt: quantile(looked, 0.5),
    blindApprovals: blind,
    blindRate: approved.length > 0 ? blind / approved.length : undefined,
  };
}
