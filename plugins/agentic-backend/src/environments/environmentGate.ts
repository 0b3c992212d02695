import type { Knex } from 'knex';
import { fromJson } from '../database/rows';
import type { WorkflowRow } from '../database/tables';
import type { Memberships } from '../permissions/CatalogMemberships';
import type { MachineGrant } from '../permissions/MachineAccess';
import type { Gate } from '../runtime/guard/Gate';
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
  knex: Knex;
  rules: EnvironmentRules;
  machines: readonly MachineGrant[];
  memberships: Memberships;
}): Gate {
  const { knex, rules, machines, memberships } = options;
  return {
    id: 'environment',
    stages: ['execute'],
    async refuse({ workflow }) {
      const row = await knex<WorkflowRow>('workflows')
        .where('id', workflow.id)
        .first('requested_by', 'requester_refs', 'owner');
      if (!row) {
        return `the workflow '${workflow.id}' is gone`;
      }
      return reasonNotToRequest(
        rules,
        workflow.environment,
        await actorOf(row),
        row.owner,
      );
    },
  };

  async function actorOf(
    row: Pick<WorkflowRow, 'requested_by' | 'requester_refs'>,
  ): Promise<Actor> {
    const userEntityRef = row.requested_by;
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
    const then = row.requester_refs
      ? fromJson<string[]>(row.requester_refs)
      : [];
    return { userEntityRef, ownershipEntityRefs: now ?? then };
  }
}
