import type {
  Approval,
  ApprovalRole,
} from '@agentic-backstage/plugin-agentic-common';
import type { Translate } from '../../translation/Translate';

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
export function reasonNotToApprove(options: {
  approval: Approval;
  me: string | undefined;
  now: number;
  t: Translate;
}): string | undefined {
  const { approval, me, now, t } = options;
  if (approval.status !== 'open') {
    return t(`approvals.obstacle.${approval.status}`);
  }
  if (Date.parse(approval.expiresAt) <= now) {
    return t('approvals.obstacle.timeOver');
  }
  if (me === approval.requestedBy && !requesterMaySign(approval)) {
    return t('approvals.obstacle.requester', {
      environment: approval.environment,
    });
  }
  if (
    approval.decisions.some(
      ({ decidedBy, decision }) => decidedBy === me && decision === 'approve',
    )
  ) {
    return t('approvals.obstacle.signed');
  }
  return undefined;
}
