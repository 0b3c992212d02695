import {
  ApprovalRole,
  type ApprovalStatistics,
} from '@agentic-backstage/plugin-agentic-common';
import type { Knex } from 'knex';
import { findApprovals, type ApprovalFilter } from '../database/ApprovalStore';
import { findDecided } from '../database/DecidedApprovals';
import { isoNow } from '../database/rows';
import type {
  ApprovalPolicy,
  Approver,
} from '../runtime/approval/ApprovalPolicy';
import { isDue } from '../runtime/approval/isDue';
import { decisionFigures } from './decisionFigures';

const DAY_MS = 24 * 3_600_000;
const ROLES = ApprovalRole.options;

function holdsAnyRole(policy: ApprovalPolicy, reader: Approver): boolean {
  const refs = new Set([reader.userEntityRef, ...reader.ownershipEntityRefs]);
  return ROLES.some(role => policy.roles[role].some(ref => refs.has(ref)));
}

/**
 * How decisions came about in the last days, in the workflows the reader may see. Figures of single
 * people are for those who hold an approver role; everybody else sees their own.
 */
export async function approvalStatistics(options: {
  knex: Knex;
  policy: ApprovalPolicy;
  days: number;
  visible?: ApprovalFilter['visible'];
  reader?: Approver;
}): Promise<ApprovalStatistics> {
  const { knex, policy, days, visible, reader } = options;
  const to = isoNow();
  const from = new Date(Date.parse(to) - days * DAY_MS).toISOString();
  const [decided, open] = await Promise.all([
    findDecided(knex, { from, to, visible }),
    findApprovals(knex, { status: 'open', visible }),
  ]);
  const figures = (of: typeof decided) =>
    decisionFigures(of, policy.blindSeconds);
  const shown = decided.filter(
    ({ approver }) =>
      reader &&
      (approver === reader.userEntityRef || holdsAnyRole(policy, reader)),
  );
  const approvers = [...new Set(shown.map(({ approver }) => approver))].sort();
  return {
    from,
    to,
    blindSeconds: policy.blindSeconds,
    open: open.length,
    overdue: open.filter(approval =>
      isDue(approval, policy.remindAtShare, Date.parse(to)),
    ).length,
    all: figures(decided),
    byRole: ROLES.map(role => ({
      role,
      ...figures(decided.filter(each => each.role === role)),
    })),
    byApprover: approvers.flatMap(approver =>
      ROLES.flatMap(role => {
        const own = shown.filter(
          each => each.approver === approver && each.role === role,
        );
        return own.length > 0 ? [{ approver, role, ...figures(own) }] : [];
      }),
    ),
  };
}
