import {
  approvalResourceRef,
  artifactResourceRef,
  auditResourceRef,
  deploymentResourceRef,
  policyResourceRef,
  workflowResourceRef,
  type WorkflowResource,
  type WorkflowResourceFilter,
} from '@agentic-backstage/plugin-agentic-node';
import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
  type ConditionTransformer,
} from '@backstage/plugin-permission-node';

const RESOURCE_REFS = [
  approvalResourceRef,
  artifactResourceRef,
  auditResourceRef,
  deploymentResourceRef,
  policyResourceRef,
  workflowResourceRef,
];

/** The conditions of one resource type, as a test in memory and as the part of a query. */
export interface Conditions {
  readonly hold: ReturnType<typeof createConditionAuthorizer<WorkflowResource>>;
  readonly toQuery: ConditionTransformer<WorkflowResourceFilter>;
}

/** The conditions of every resource type, made of the rules that are registered for it. */
export class ResourceConditions {
  readonly #byType: ReadonlyMap<string, Conditions>;

  constructor(registry: PermissionsRegistryService) {
    this.#byType = new Map(
      RESOURCE_REFS.map(ref => {
        const rules = registry.getPermissionRuleset(ref);
        return [
          ref.resourceType,
          {
            hold: createConditionAuthorizer(rules),
            toQuery: createConditionTransformer(rules),
          },
        ];
      }),
    );
  }

  /** The conditions of the resource type that a permission is about. */
  of({ name, resourceType }: ResourcePermission): Conditions {
    const conditions = this.#byType.get(resourceType);
    if (!conditions) {
      throw new Error(
        `Permission '${name}' is about '${resourceType}', which is no resource type of this plugin`,
      );
    }
    return conditions;
  }
}
