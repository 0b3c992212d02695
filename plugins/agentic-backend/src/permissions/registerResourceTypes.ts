import { agenticPermissions } from '@agentic-backstage/plugin-agentic-common';
import {
  approvalPermissionRules,
  approvalResourceRef,
  artifactPermissionRules,
  artifactResourceRef,
  auditPermissionRules,
  auditResourceRef,
  deploymentPermissionRules,
  deploymentResourceRef,
  policyPermissionRules,
  policyResourceRef,
  workflowPermissionRules,
  workflowResourceRef,
} from '@agentic-backstage/plugin-agentic-node';
import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  isResourcePermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import type { WorkflowResources } from './WorkflowResources';

type WorkflowIds = (refs: string[]) => Promise<(string | undefined)[]>;

/**
 * Tells Backstage every permission, resource type and rule, and how a resource is found by its
 * ref: workflows, change records and verdicts by workflow id, approvals and deployments by their own,
 * files by `<workflow id>/<artifact id>`.
 */
export function registerResourceTypes(options: {
  registry: PermissionsRegistryService;
  resources: WorkflowResources;
  knex: Knex;
}): void {
  const { registry, resources, knex } = options;
  const ownId: WorkflowIds = async refs => refs;
  const beforeSlash: WorkflowIds = async refs =>
    refs.map(ref => ref.split('/')[0]);
  const through =
    (table: string): WorkflowIds =>
    async refs => {
      const rows = await knex<{ id: string; workflow_id: string }>(table)
        .whereIn('id', refs)
        .select('id', 'workflow_id');
      const owners = new Map(rows.map(row => [row.id, row.workflow_id]));
      return refs.map(ref => owners.get(ref));
    };
  const permissionsOf = (resourceType: string) =>
    (agenticPermissions as Permission[]).filter(permission =>
      isResourcePermission(permission, resourceType),
    );
  const getResources = (workflowIds: WorkflowIds) => async (refs: string[]) =>
    resources.get(await workflowIds(refs));

  registry.addPermissions(agenticPermissions);
  registry.addResourceType({
    resourceRef: workflowResourceRef,
    rules: Object.values(workflowPermissionRules),
    permissions: permissionsOf(workflowResourceRef.resourceType),
    getResources: getResources(ownId),
  });
  registry.addResourceType({
    resourceRef: approvalResourceRef,
    rules: Object.values(approvalPermissionRules),
    permissions: permissionsOf(approvalResourceRef.resourceType),
    getResources: getResources(through('approvals')),
  });
  registry.addResourceType({
    resourceRef: artifactResourceRef,
    rules: Object.values(artifactPermissionRules),
    permissions: permissionsOf(artifactResourceRef.resourceType),
    getResources: getResources(beforeSlash),
  });
  registry.addResourceType({
    resourceRef: auditResourceRef,
    rules: Object.values(auditPermissionRules),
    permissions: permissionsOf(auditResourceRef.resourceType),
    getResources: getResources(ownId),
  });
  registry.addResourceType({
    resourceRef: deploymentResourceRef,
    rules: Object.values(deploymentPermissionRules),
    permissions: permissionsOf(deploymentResourceRef.resourceType),
    getResources: getResources(through('deployments')),
  });
  registry.addResourceType({
    resourceRef: policyResourceRef,
    rules: Object.values(policyPermissionRules),
    permissions: permissionsOf(policyResourceRef.resourceType),
    getResources: getResources(ownId),
  });
}
