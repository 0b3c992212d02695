import { createPermission } from '@backstage/plugin-permission-common';

// One block per thing, in the order of the alphabet; a permission is `agentic.<thing>.<action>`. Those
// with a resource type can be granted on conditions (see agentic-node); every one is in the list below.

/** The resource type of workflows, for conditional decisions. */
export const RESOURCE_TYPE_WORKFLOW = 'agentic-workflow';
/** The resource type of approvals, for conditional decisions. */
export const RESOURCE_TYPE_APPROVAL = 'agentic-approval';
/** The resource type of generated files, for conditional decisions. */
export const RESOURCE_TYPE_ARTIFACT = 'agentic-artifact';
/** The resource type of change records, for conditional decisions. */
export const RESOURCE_TYPE_AUDIT = 'agentic-audit';
/** The resource type of deployments, for conditional decisions. */
export const RESOURCE_TYPE_DEPLOYMENT = 'agentic-deployment';
/** The resource type of policy verdicts, for conditional decisions. */
export const RESOURCE_TYPE_POLICY = 'agentic-policy';

/** Allows people to promote and demote agents. */
export const agentPromotePermission = createPermission({
  name: 'agentic.agent.promote',
  attributes: { action: 'update' },
});

/** Allows to see the agents with their lanes and figures. */
export const agentReadPermission = createPermission({
  name: 'agentic.agent.read',
  attributes: { action: 'read' },
});

/** Allows to decide an approval. Roles and four-eyes are checked besides, whatever this permission says. */
export const approvalDecidePermission = createPermission({
  name: 'agentic.approval.decide',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_APPROVAL,
});

/** Allows to see an approval with what it asks for and who decided. */
export const approvalReadPermission = createPermission({
  name: 'agentic.approval.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_APPROVAL,
});

/** Allows to see generated files. */
export const artifactReadPermission = createPermission({
  name: 'agentic.artifact.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_ARTIFACT,
});

/** Allows to erase payloads of change records. Entries stay, and the erasing is on record. */
export const auditErasePermission = createPermission({
  name: 'agentic.audit.erase',
  attributes: { action: 'delete' },
});

/** Allows to read, export and verify change records. */
export const auditReadPermission = createPermission({
  name: 'agentic.audit.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_AUDIT,
});

/** Allows to see deployments. */
export const deploymentReadPermission = createPermission({
  name: 'agentic.deployment.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_DEPLOYMENT,
});

/** Allows to stop a running deployment. */
export const deploymentStopPermission = createPermission({
  name: 'agentic.deployment.stop',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_DEPLOYMENT,
});

/** Allows to open incidents, take them, and say how far they are. */
export const incidentManagePermission = createPermission({
  name: 'agentic.incident.manage',
  attributes: { action: 'update' },
});

/** Allows to see incidents with their timelines. */
export const incidentReadPermission = createPermission({
  name: 'agentic.incident.read',
  attributes: { action: 'read' },
});

/** Allows to stop agents, and to let them go on, which also takes a person with an approval role. */
export const killSwitchUsePermission = createPermission({
  name: 'agentic.killSwitch.use',
  attributes: { action: 'update' },
});

/** Allows to read the metrics of the framework's own running. */
export const metricsReadPermission = createPermission({
  name: 'agentic.metrics.read',
  attributes: { action: 'read' },
});

/** Allows to see the limits of all teams, and what the sweeper found and did. */
export const operationsReadPermission = createPermission({
  name: 'agentic.operations.read',
  attributes: { action: 'read' },
});

/** Allows to see what policies said about a workflow's effects. */
export const policyReadPermission = createPermission({
  name: 'agentic.policy.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_POLICY,
});

/** Allows to see which secrets there are, which are due and who used them. Values can be seen by nobody. */
export const secretReadPermission = createPermission({
  name: 'agentic.secret.read',
  attributes: { action: 'read' },
});

/** Allows people to have the sweeper do what its report says. */
export const sweeperRunPermission = createPermission({
  name: 'agentic.sweeper.run',
  attributes: { action: 'delete' },
});

/** Allows to pause, resume, cancel and retry a workflow. */
export const workflowControlPermission = createPermission({
  name: 'agentic.workflow.control',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_WORKFLOW,
});

/** Allows to start a workflow, and generate and preview without starting one. */
export const workflowCreatePermission = createPermission({
  name: 'agentic.workflow.create',
  attributes: { action: 'create' },
});

/** Allows to see a workflow with its plan, tasks, logs and effects. */
export const workflowReadPermission = createPermission({
  name: 'agentic.workflow.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_WORKFLOW,
});

/** Every permission of the framework. A permission that is not here is unknown to policies. */
export const agenticPermissions = [
  agentPromotePermission,
  agentReadPermission,
  approvalDecidePermission,
  approvalReadPermission,
  artifactReadPermission,
  auditErasePermission,
  auditReadPermission,
  deploymentReadPermission,
  deploymentStopPermission,
  incidentManagePermission,
  incidentReadPermission,
  killSwitchUsePermission,
  metricsReadPermission,
  operationsReadPermission,
  policyReadPermission,
  secretReadPermission,
  sweeperRunPermission,
  workflowControlPermission,
  workflowCreatePermission,
  workflowReadPermission,
];
