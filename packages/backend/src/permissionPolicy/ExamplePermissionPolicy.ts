import {
  agentReadPermission,
  approvalDecidePermission,
  auditReadPermission,
  workflowCreatePermission,
} from '@agentic-backstage/plugin-agentic-common';
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
import { allowWhere } from './allowWhere';
import type { ExampleRoles } from './readExampleRoles';

const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };

/** Where developers see and show each other everything. */
const OPEN_ENVIRONMENTS = ['development', 'staging'];

/**
 * What the people of the example company may do; a person has all of their roles together.
 *
 * | role      | reads                                                        | does                                    |
 * | --------- | ------------------------------------------------------------ | --------------------------------------- |
 * | nobody    | nothing                                                      | nothing                                 |
 * | developer | development, staging, and everywhere what is theirs          | starts; controls and stops what is theirs |
 * | approver  | besides, what they may have to sign                          | decides that                            |
 * | operator  | everything                                                   | everything but deciding                 |
 * | auditor   | everything                                                   | nothing                                 |
 *
 * Theirs is what they asked for, or what a group of theirs owns. The framework checks approver roles,
 * four-eyes, lanes and the rules of environments besides, whatever is answered here.
 */
export class ExamplePermissionPolicy implements PermissionPolicy {
  constructor(private readonly roles: ExampleRoles) {}

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return deny;
    }
    if (!permission.name.startsWith('agentic.')) {
      return allow;
    }
    const { userEntityRef, ownershipEntityRefs } = user.info;
    const holds = (role: keyof ExampleRoles) =>
      ownershipEntityRefs.some(ref => this.roles[role].includes(ref));
    const reads = permission.attributes.action === 'read';

    if (isPermission(permission, approvalDecidePermission)) {
      return holds('approver')
        ? allowWhere(permission, are =>
            are.mayBeDecidedBy({ refs: ownershipEntityRefs }),
          )
        : deny;
    }
    if (holds('operator') || (holds('auditor') && reads)) {
      return allow;
    }
    if (holds('auditor') && !holds('approver')) {
      return deny;
    }
    if (isPermission(permission, workflowCreatePermission)) {
      return allow;
    }
    if (!('resourceType' in permission)) {
      // Secrets, operations and the like are for those who operate or audit.
      return isPermission(permission, agentReadPermission) ? allow : deny;
    }
    const seesWhole = reads && !isPermission(permission, auditReadPermission);
    return allowWhere(permission, are => ({
      anyOf: [
        are.isRequestedBy({ userRefs: [userEntityRef] }),
        are.isOwnedBy({ refs: ownershipEntityRefs }),
        ...(reads ? [are.mayBeDecidedBy({ refs: ownershipEntityRefs })] : []),
        ...(seesWhole
          ? [are.isForEnvironment({ environments: OPEN_ENVIRONMENTS })]
          : []),
      ],
    }));
  }
}
