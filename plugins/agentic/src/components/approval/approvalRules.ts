import type {
  Approval,
  ApprovalRole,
} from '@agentic-backstage/plugin-agentic-common';

/** The role names as people read them. */
export const ROLE_LABELS: Readonly<Record<ApprovalRole, string>> = {
  strategic: 'Strategic approver',
  final: 'Final approver',
};

/** The signatures that are still missing. */
export function missingRoles(approval: Approval): ApprovalRole[] {
  const signed = approval.decisions
    .filter(({ decision }) => decision === 'approve')
    .map(({ role }) => role);
  return approval.requiredRoles.filter(role => !signed.includes(role));
}

/** The role that has to sign now, where there is an order. */
export function roleInTurn(approval: Approval): ApprovalRole | undefined {
  return approval.chain?.order === 'fixed'
    ? missingRoles(approval)[0]
    : undefined;
}

/** Whether the person who asked may sign as well. */
function requesterMaySign(approval: Approval): boolean {
  return (
    approval.chain?.requesterMayApprove ??
    approval.environment === 'development'
  );
}

/**
 * Says why this person cannot approve, as far as the page can know; undefined when nothing speaks against it.
 * The backend decides: it checks roles, four eyes and both hashes again.
 */
export function reasonNotToApprove(
  approval: Approval,
  me: string | undefined,
  now: number,
): string | undefined {
  if (approval.status !== 'open') {
    return `This approval is ${approval.status}; nothing can be decided any more.`;
  }
  if (Date.parse(approval.expiresAt) <= now) {
    return 'This approval has expired. Retry the task to ask again.';
  }
  if (me === approval.requestedBy && !requesterMaySign(approval)) {
    return `You requested this change, so somebody else has to approve it for ${approval.environment}.`;
  }
  if (
    approval.decisions.some(
      ({ decidedBy, decision }) => decidedBy === me && decision === 'approve',
    )
  ) {
    return 'You have already signed. The other signature has to come from somebody else.';
  }
  return undefined;
}
