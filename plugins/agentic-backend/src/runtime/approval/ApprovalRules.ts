import type {
  Approval,
  ApprovalRole,
} from '@agentic-backstage/plugin-agentic-common';
import { NotAllowedError } from '@backstage/errors';

/** Who must sign what, per environment. */
export interface ApprovalPolicy {
  /** Entity refs of the users and groups that hold a role. */
  readonly roles: Readonly<Record<ApprovalRole, readonly string[]>>;
  readonly environments: Readonly<Record<string, EnvironmentApproval>>;
  readonly expiresAfterHours: number;
}

export interface EnvironmentApproval {
  readonly requiredRoles: readonly ApprovalRole[];
  /** Only for development: the person who asked may sign as well. */
  readonly requesterMayApprove: boolean;
}

/** The person who decides, as the identity service knows them. */
export interface Approver {
  readonly userEntityRef: string;
  readonly ownershipEntityRefs: readonly string[];
}

/** What an environment without rules of its own asks for: both signatures, by others. */
const STRICTEST: EnvironmentApproval = {
  requiredRoles: ['strategic', 'final'],
  requesterMayApprove: false,
};

/** The rules of an environment. */
export function approvalRulesOf(
  policy: ApprovalPolicy,
  environment: string,
): EnvironmentApproval {
  return policy.environments[environment] ?? STRICTEST;
}

/**
 * The role in which a person may sign an approval now. Throws `NotAllowedError` with the reason
 * when there is none: not a role holder, the requester, or signed already.
 */
export function roleToSign(
  policy: ApprovalPolicy,
  approval: Approval,
  approver: Approver,
  wanted?: ApprovalRole,
): ApprovalRole {
  const rules = approvalRulesOf(policy, approval.environment);
  const isRequester = approver.userEntityRef === approval.requestedBy;
  if (isRequester && !rules.requesterMayApprove) {
    throw new NotAllowedError(
      `You asked for this workflow, so somebody else has to decide about it in '${approval.environment}'`,
    );
  }
  if (
    approval.decisions.some(
      decision => decision.decidedBy === approver.userEntityRef,
    )
  ) {
    throw new NotAllowedError(
      'You have signed this approval already; the other signature must be somebody else’s',
    );
  }
  const refs = new Set([
    approver.userEntityRef,
    ...approver.ownershipEntityRefs,
  ]);
  const open = approval.requiredRoles.filter(
    role => !approval.decisions.some(decision => decision.role === role),
  );
  const held = open.filter(
    role =>
      policy.roles[role].some(ref => refs.has(ref)) ||
      (isRequester && rules.requesterMayApprove),
  );
  const role = wanted ? held.find(candidate => candidate === wanted) : held[0];
  if (!role) {
    throw new NotAllowedError(
      `This needs a signature as ${(wanted ? [wanted] : open).join(
        ' or ',
      )}; ask somebody who holds that role (configuration key agentic.approvals.roles)`,
    );
  }
  return role;
}
