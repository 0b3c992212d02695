import { RESOURCE_TYPE_WORKFLOW } from '@agentic-backstage/plugin-agentic-common';
import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { z } from 'zod';

/** What permission rules may look at. */
export interface WorkflowResource {
  readonly requestedBy: string;
  readonly environment: string;
  readonly serviceName: string;
}

/** The part of a database query that a rule turns into: a property and the values it may have. */
export interface WorkflowResourceFilter {
  readonly property: keyof WorkflowResource;
  readonly values: readonly string[];
}

/** Workflows, as the permission framework knows them. */
export const workflowResourceRef = createPermissionResourceRef<
  WorkflowResource,
  WorkflowResourceFilter
>().with({ pluginId: 'agentic', resourceType: RESOURCE_TYPE_WORKFLOW });

/** Allows what one of these users asked for. */
export const isRequestedBy = createPermissionRule({
  name: 'IS_REQUESTED_BY',
  description: 'Allow workflows that one of the given users asked for',
  resourceRef: workflowResourceRef,
  paramsSchema: z.object({
    userRefs: z.array(z.string()).describe('Entity refs of users'),
  }),
  apply: (workflow, { userRefs }) => userRefs.includes(workflow.requestedBy),
  toQuery: ({ userRefs }) => ({ property: 'requestedBy', values: userRefs }),
});

/** Allows what goes to one of these environments. */
export const isForEnvironment = createPermissionRule({
  name: 'IS_FOR_ENVIRONMENT',
  description: 'Allow workflows for one of the given environments',
  resourceRef: workflowResourceRef,
  paramsSchema: z.object({
    environments: z.array(z.string()).describe('Names of environments'),
  }),
  apply: (workflow, { environments }) =>
    environments.includes(workflow.environment),
  toQuery: ({ environments }) => ({
    property: 'environment',
    values: environments,
  }),
});

/** Every rule about workflows. */
export const workflowPermissionRules = { isRequestedBy, isForEnvironment };

const exported = createConditionExports({
  resourceRef: workflowResourceRef,
  rules: workflowPermissionRules,
});

/** Conditions for permission policies, for example `workflowConditions.isRequestedBy({ userRefs })`. */
export const workflowConditions = exported.conditions;

/** Makes a conditional decision about workflows in a permission policy. */
export const createWorkflowConditionalDecision =
  exported.createConditionalDecision;
