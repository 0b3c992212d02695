import {
  Lane,
  RESOURCE_TYPE_APPROVAL,
  RESOURCE_TYPE_ARTIFACT,
  RESOURCE_TYPE_AUDIT,
  RESOURCE_TYPE_DEPLOYMENT,
  RESOURCE_TYPE_POLICY,
  RESOURCE_TYPE_WORKFLOW,
} from '@agentic-backstage/plugin-agentic-common';
import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
  type PermissionResourceRef,
} from '@backstage/plugin-permission-node';
import { z } from 'zod';

/**
 * What permission rules may look at. Approvals, artifacts, change records, deployments and verdicts
 * are things of a workflow, so for each of them it is that workflow.
 */
export interface WorkflowResource {
  readonly requestedBy: string;
  /** Entity ref of the group or user who owns, or will own, the service. */
  readonly owner: string;
  readonly environment: string;
  readonly serviceName: string;
  /** The highest lane its agents may work in. */
  readonly lane: Lane;
  /** Entity refs of the users and groups who hold a role that signs approvals of this workflow. */
  readonly approvers: readonly string[];
}

/** The part of a database query that a rule turns into: a property and the values it may have. */
export interface WorkflowResourceFilter {
  readonly property: keyof WorkflowResource;
  readonly values: readonly string[];
}

function refOf<const TType extends string>(resourceType: TType) {
  return createPermissionResourceRef<
    WorkflowResource,
    WorkflowResourceFilter
  >().with({ pluginId: 'agentic', resourceType });
}

/** The rules and the exports for policy authors, the same for each resource type. */
function rulesOf<TType extends string>(
  resourceRef: PermissionResourceRef<
    WorkflowResource,
    WorkflowResourceFilter,
    TType,
    'agentic'
  >,
) {
  const rules = {
    isRequestedBy: createPermissionRule({
      name: 'IS_REQUESTED_BY',
      description: 'Allow what one of the given users asked for',
      resourceRef,
      paramsSchema: z.object({
        userRefs: z.array(z.string()).describe('Entity refs of users'),
      }),
      apply: (resource, { userRefs }) =>
        userRefs.includes(resource.requestedBy),
      toQuery: ({ userRefs }) => ({
        property: 'requestedBy',
        values: userRefs,
      }),
    }),
    isOwnedBy: createPermissionRule({
      name: 'IS_OWNED_BY',
      description:
        'Allow what belongs to a service that one of the given users or groups owns',
      resourceRef,
      paramsSchema: z.object({
        refs: z.array(z.string()).describe('Entity refs of users and groups'),
      }),
      apply: (resource, { refs }) => refs.includes(resource.owner),
      toQuery: ({ refs }) => ({ property: 'owner', values: refs }),
    }),
    mayBeDecidedBy: createPermissionRule({
      name: 'MAY_BE_DECIDED_BY',
      description:
        'Allow what waits, or will wait, for the signature of one of the given users or groups',
      resourceRef,
      paramsSchema: z.object({
        refs: z.array(z.string()).describe('Entity refs of users and groups'),
      }),
      apply: (resource, { refs }) =>
        refs.some(ref => resource.approvers.includes(ref)),
      toQuery: ({ refs }) => ({ property: 'approvers', values: refs }),
    }),
    isForEnvironment: createPermissionRule({
      name: 'IS_FOR_ENVIRONMENT',
      description: 'Allow what goes to one of the given environments',
      resourceRef,
      paramsSchema: z.object({
        environments: z.array(z.string()).describe('Names of environments'),
      }),
      apply: (resource, { environments }) =>
        environments.includes(resource.environment),
      toQuery: ({ environments }) => ({
        property: 'environment',
        values: environments,
      }),
    }),
    isInLane: createPermissionRule({
      name: 'IS_IN_LANE',
      description: 'Allow what works in one of the given lanes at most',
      resourceRef,
      paramsSchema: z.object({
        lanes: z.array(Lane).describe('read_only, dry_run or execute'),
      }),
      apply: (resource, { lanes }) => lanes.includes(resource.lane),
      toQuery: ({ lanes }) => ({ property: 'lane', values: lanes }),
    }),
  };
  return { rules, ...createConditionExports({ resourceRef, rules }) };
}

/** Workflows, as the permission framework knows them. */
export const workflowResourceRef = refOf(RESOURCE_TYPE_WORKFLOW);
const workflow = rulesOf(workflowResourceRef);
/** Every rule about workflows. */
export const workflowPermissionRules = workflow.rules;
/** Conditions for permission policies, for example `workflowConditions.isRequestedBy({ userRefs })`. */
export const workflowConditions = workflow.conditions;
/** Makes a conditional decision about workflows in a permission policy. */
export const createWorkflowConditionalDecision =
  workflow.createConditionalDecision;

/** Approvals, as the permission framework knows them. */
export const approvalResourceRef = refOf(RESOURCE_TYPE_APPROVAL);
const approval = rulesOf(approvalResourceRef);
/** Every rule about approvals. */
export const approvalPermissionRules = approval.rules;
/** Conditions for permission policies, for example `approvalConditions.mayBeDecidedBy({ refs })`. */
export const approvalConditions = approval.conditions;
/** Makes a conditional decision about approvals in a permission policy. */
export const createApprovalConditionalDecision =
  approval.createConditionalDecision;

/** Generated files, as the permission framework knows them. */
export const artifactResourceRef = refOf(RESOURCE_TYPE_ARTIFACT);
const artifact = rulesOf(artifactResourceRef);
/** Every rule about generated files. */
export const artifactPermissionRules = artifact.rules;
/** Conditions for permission policies, for example `artifactConditions.isOwnedBy({ refs })`. */
export const artifactConditions = artifact.conditions;
/** Makes a conditional decision about generated files in a permission policy. */
export const createArtifactConditionalDecision =
  artifact.createConditionalDecision;

/** Change records, as the permission framework knows them. */
export const auditResourceRef = refOf(RESOURCE_TYPE_AUDIT);
const audit = rulesOf(auditResourceRef);
/** Every rule about change records. */
export const auditPermissionRules = audit.rules;
/** Conditions for permission policies, for example `auditConditions.isForEnvironment({ environments })`. */
export const auditConditions = audit.conditions;
/** Makes a conditional decision about change records in a permission policy. */
export const createAuditConditionalDecision = audit.createConditionalDecision;

/** Deployments, as the permission framework knows them. */
export const deploymentResourceRef = refOf(RESOURCE_TYPE_DEPLOYMENT);
const deployment = rulesOf(deploymentResourceRef);
/** Every rule about deployments. */
export const deploymentPermissionRules = deployment.rules;
/** Conditions for permission policies, for example `deploymentConditions.isOwnedBy({ refs })`. */
export const deploymentConditions = deployment.conditions;
/** Makes a conditional decision about deployments in a permission policy. */
export const createDeploymentConditionalDecision =
  deployment.createConditionalDecision;

/** Policy verdicts, as the permission framework knows them. */
export const policyResourceRef = refOf(RESOURCE_TYPE_POLICY);
const policy = rulesOf(policyResourceRef);
/** Every rule about policy verdicts. */
export const policyPermissionRules = policy.rules;
/** Conditions for permission policies, for example `policyConditions.isInLane({ lanes })`. */
export const policyConditions = policy.conditions;
/** Makes a conditional decision about policy verdicts in a permission policy. */
export const createPolicyConditionalDecision = policy.createConditionalDecision;
