import {
  approvalConditions,
  artifactConditions,
  auditConditions,
  createApprovalConditionalDecision,
  createArtifactConditionalDecision,
  createAuditConditionalDecision,
  createDeploymentConditionalDecision,
  createPolicyConditionalDecision,
  createWorkflowConditionalDecision,
  deploymentConditions,
  policyConditions,
  workflowConditions,
} from '@agentic-backstage/plugin-agentic-node';
import {
  AuthorizeResult,
  isResourcePermission,
  type Permission,
  type PermissionCondition,
  type PermissionCriteria,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';

/** The conditions of the framework; each of its resource types has the same ones. */
interface Conditions<C> {
  isRequestedBy(params: { userRefs: string[] }): C;
  isOwnedBy(params: { refs: string[] }): C;
  mayBeDecidedBy(params: { refs: string[] }): C;
  isForEnvironment(params: { environments: string[] }): C;
}

/** Says on which conditions something is allowed, the same way for every resource type. */
export type Rule = <C>(conditions: Conditions<C>) => PermissionCriteria<C>;

/** Allows a permission of the framework on the rule's conditions; one without a resource is denied. */
export function allowWhere(permission: Permission, rule: Rule): PolicyDecision {
  if (isResourcePermission(permission, 'agentic-approval')) {
    return createApprovalConditionalDecision(
      permission,
      rule<PermissionCondition<'agentic-approval'>>(approvalConditions),
    );
  }
  if (isResourcePermission(permission, 'agentic-artifact')) {
    return createArtifactConditionalDecision(
      permission,
      rule<PermissionCondition<'agentic-artifact'>>(artifactConditions),
    );
  }
  if (isResourcePermission(permission, 'agentic-audit')) {
    return createAuditConditionalDecision(
      permission,
      rule<PermissionCondition<'agentic-audit'>>(auditConditions),
    );
  }
  if (isResourcePermission(permission, 'agentic-deployment')) {
    return createDeploymentConditionalDecision(
      permission,
      rule<PermissionCondition<'agentic-deployment'>>(deploymentConditions),
    );
  }
  if (isResourcePermission(permission, 'agentic-policy')) {
    return createPolicyConditionalDecision(
      permission,
      rule<PermissionCondition<'agentic-policy'>>(policyConditions),
    );
  }
  if (isResourcePermission(permission, 'agentic-workflow')) {
    return createWorkflowConditionalDecision(
      permission,
      rule<PermissionCondition<'agentic-workflow'>>(workflowConditions),
    );
  }
  return { result: AuthorizeResult.DENY };
}
