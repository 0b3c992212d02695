import { createPermission } from '@backstage/plugin-permission-common';

/** The resource type of workflows, for conditional decisions. */
export const RESOURCE_TYPE_WORKFLOW = 'agentic-workflow';

/** Allows to start a workflow, and to generate and preview without starting one. */
export const workflowCreatePermission = createPermission({
  name: 'agentic.workflow.create',
  attributes: { action: 'create' },
});

/** Allows to see a workflow with its plan, files, logs and record. */
export const workflowReadPermission = createPermission({
  name: 'agentic.workflow.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_WORKFLOW,
});

/** Allows to pause, resume, cancel and retry a workflow. */
export const workflowControlPermission = createPermission({
  name: 'agentic.workflow.control',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_WORKFLOW,
});

/** Allows to decide approvals. Roles and four-eyes are checked besides, whatever this permission says. */
export const approvalDecidePermission = createPermission({
  name: 'agentic.approval.decide',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_WORKFLOW,
});

/** Allows to stop a running deployment. */
export const deploymentStopPermission = createPermission({
  name: 'agentic.deployment.stop',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_WORKFLOW,
});

/** Every permission of the framework. */
export const agenticPermissions = [
  workflowCreatePermission,
  workflowReadPermission,
  workflowControlPermission,
  approvalDecidePermission,
  deploymentStopPermission,
];
