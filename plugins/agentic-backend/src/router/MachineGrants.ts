import type {
  BackstageCredentials,
  BackstageServicePrincipal,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type {
  BasicPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import type { Memberships } from '../permissions/CatalogMemberships';
import type { MachineGrant } from '../permissions/MachineAccess';
import type { Requester } from '../service/Requester';

/** What machines may do: the grants of `agentic.machineAccess`, asked by the machine's credentials. */
export class MachineGrants {
  readonly #grants: readonly MachineGrant[];
  readonly #memberships: Memberships;

  constructor(grants: readonly MachineGrant[], memberships: Memberships) {
    this.#grants = grants;
    this.#memberships = memberships;
  }

  /** The grant of this machine. Throws `NotAllowedError` for one that has been granted nothing. */
  of({ subject }: BackstageServicePrincipal): MachineGrant {
    const grant = this.#grants.find(each => each.subject === subject);
    if (!grant) {
      throw new NotAllowedError(
        `'${subject}' may do nothing here; the configuration key agentic.machineAccess says what machines may do`,
      );
    }
    return grant;
  }

  /** Whether the machine's grant names the permission. */
  cover(
    machine: BackstageServicePrincipal,
    permission: BasicPermission | ResourcePermission,
  ): boolean {
    return this.of(machine).permissions.includes(permission.name);
  }

  /** The user a machine asks for. Throws `NotAllowedError` unless its grant lets it act for them. */
  async userFor(grant: MachineGrant, named: string): Promise<Requester> {
    const refs = await this.#memberships.of(named);
    if (!refs || !refs.some(ref => grant.actForUsers.includes(ref))) {
      throw new NotAllowedError(
        `'${grant.subject}' may not ask for '${named.slice(
          0,
          100,
        )}'; name a user that agentic.machineAccess lets it act for, by full entity ref`,
      );
    }
    return { userEntityRef: refs[0], ownershipEntityRefs: refs };
  }
}

/** The machine behind credentials, if it is one and no person. */
export function machineOf({
  principal,
}: BackstageCredentials): BackstageServicePrincipal | undefined {
  return typeof principal === 'object' &&
    principal !== null &&
    'type' in principal &&
    principal.type === 'service'
    ? (principal as BackstageServicePrincipal)
    : undefined;
}
