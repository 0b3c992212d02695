import { isoNow } from '../../../database/rows';
import type { Gate } from '../Gate';
import { scopeHashOf } from '../scopeHash';

/** People were asked, and all of them who had to sign did. */
export const approvedGate: Gate = {
  id: 'approved',
  stages: ['execute'],
  async refuse({ effect, approval }) {
    if (!effect?.approvalId) {
      return 'nobody was asked to approve it';
    }
    return approval?.status === 'approved'
      ? undefined
      : `its approval is ${approval?.status ?? 'missing'}`;
  },
};

/** What was approved is the plan as it stands. */
export const approvedPlanGate: Gate = {
  id: 'approved_plan',
  stages: ['execute'],
  refuse: async ({ approval, workflow }) =>
    approval?.planHash === workflow.planHash
      ? undefined
      : 'the plan has changed since it was approved',
};

/** The approval has not run out. */
export const approvalExpiryGate: Gate = {
  id: 'approval_expiry',
  stages: ['execute'],
  refuse: async ({ approval }) =>
    approval && approval.expiresAt >= isoNow()
      ? undefined
      : `its approval expired at ${approval?.expiresAt}`,
};

/** The approval covers exactly the effects that stand under it: none more, none changed. */
export const approvedScopeGate: Gate = {
  id: 'approved_scope',
  stages: ['execute'],
  refuse: async ({ approval, covered = [] }) =>
    approval &&
    scopeHashOf(approval.planHash, approval.environment, covered) ===
      approval.scopeHash
      ? undefined
      : 'its approval covers other effects',
};
