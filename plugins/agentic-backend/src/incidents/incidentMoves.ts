import type {
  IncidentStatus,
  Incident,
} from '@agentic-backstage/plugin-agentic-common';

/** What people do with an incident. */
export type IncidentMove =
  | 'acknowledge'
  | 'assign'
  | 'comment'
  | 'mitigate'
  | 'resolve';

const FROM: Readonly<Record<IncidentMove, readonly IncidentStatus[]>> = {
  acknowledge: ['open'],
  assign: ['open', 'acknowledged', 'mitigated'],
  // What is learnt afterwards belongs to it as well.
  comment: ['open', 'acknowledged', 'mitigated', 'resolved'],
  mitigate: ['open', 'acknowledged'],
  resolve: ['open', 'acknowledged', 'mitigated'],
};

/** Why a move cannot be made from where an incident is, or `undefined` when it can. */
export function reasonNotToMove(
  move: IncidentMove,
  incident: Pick<Incident, 'status' | 'acknowledgedBy' | 'resolvedBy'>,
): string | undefined {
  const { status, acknowledgedBy, resolvedBy } = incident;
  if (FROM[move].includes(status)) {
    return undefined;
  }
  const by = status === 'resolved' ? resolvedBy : acknowledgedBy;
  return `This incident is ${status} already${
    by === undefined ? '' : ` (by ${by})`
  }; load it again to see where it is`;
}
