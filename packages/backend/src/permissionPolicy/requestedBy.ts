import { RESOURCE_TYPE_WORKFLOW } from '@agentic-backstage/plugin-agentic-common';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';

/** Allows what is asked for on workflows that this user requested, and on no others. */
export function requestedBy(userEntityRef: string): PolicyDecision {
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'agentic',
    resourceType: RESOURCE_TYPE_WORKFLOW,
    conditions: {
      rule: 'IS_REQUESTED_BY',
      resourceType: RESOURCE_TYPE_WORKFLOW,
      params: { userEntityRef },
    },
  };
}
