import {
  approvalDecidePermission,
  deploymentStopPermission,
  workflowControlPermission,
} from '@agentic-backstage/plugin-agentic-common';
import {
  createWorkflowConditionalDecision,
  workflowConditions,
} from '@agentic-backstage/plugin-agentic-node';
import {
  AuthorizeResult,
  isPermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import type { ApproverGroups } from './readApproverGroups';

const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * What the people of the example company may do:
 *
 * 1. Nobody does anything without signing in.
 * 2. Approvals are decided by members of an approver group. The framework checks role and
 *    four-eyes besides, whatever is answered here.
 * 3. A workflow and its deployment are controlled by who requested it, and by final approvers.
 * 4. Everything else, starting and reading workflows included, is open to everybody.
 */
export class ExamplePermissionPolicy implements PermissionPolicy {
  readonly #approvers: ReadonlySet<string>;
  readonly #leads: ReadonlySet<string>;

  constructor(groups: ApproverGroups) {
    this.#approvers = new Set([...groups.strategic, ...groups.final]);
    this.#leads = new Set(groups.final);
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return deny;
    }
    const { userEntityRef, ownershipEntityRefs } = user.info;
    const isOneOf = (refs: ReadonlySet<string>) =>
      ownershipEntityRefs.some(ref => refs.has(ref));

    if (isPermission(permission, approvalDecidePermission)) {
      return isOneOf(this.#approvers) ? allow : deny;
    }
    if (
      isPermission(permission, workflowControlPermission) ||
      isPermission(permission, deploymentStopPermission)
    ) {
      return isOneOf(this.#leads)
        ? allow
        : createWorkflowConditionalDecision(
            permission,
            workflowConditions.isRequestedBy({ userRefs: [userEntityRef] }),
          );
    }
    return allow;
  }
}
