import type { Memberships } from '../permissions/CatalogMemberships';
import type { MachineGrant } from '../permissions/MachineAccess';
import type { Gate, RequesterOnRecord } from '../runtime/guard/Gate';
import {
  reasonNotToRequest,
  type Actor,
  type EnvironmentRules,
} from './EnvironmentRules';

const SERVICE = 'service:';

/**
 * Nothing is changed in an environment for somebody who may not ask for it any more: the rules and
 * the groups of the requester are looked at again right before each effect.
 */
export function createEnvironmentGate(options: {
  rules: EnvironmentRules;
  machines: readonly MachineGrant[];
  memberships: Memberships;
}): Gate {
  const { rules, machines, memberships } = options;
  return {
    id: 'environment',
    stages: ['execute'],
    async refuse({ workflow, requester }) {
      if (!requester) {
        return `the workflow '${workflow.id}' is gone`;
      }
      return reasonNotToRequest(
        rules,
        workflow.environment,
        await actorOf(requester),
        requester.owner,
      );
    },
  };

  async function actorOf({
    userEntityRef,
    refs,
  }: RequesterOnRecord): Promise<Actor> {
    if (userEntityRef.startsWith(SERVICE)) {
      const subject = userEntityRef.slice(SERVICE.length);
      const grant = machines.find(each => each.subject === subject);
      return {
        userEntityRef,
        ownershipEntityRefs: [],
        machine: { subject, environments: grant?.environments ?? [] },
      };
    }
    // People who are not in the catalog keep the groups they came with.
    const now = await memberships.of(userEntityRef);
    return { userEntityRef, ownershipEntityRefs: now ?? refs };
  }
}
