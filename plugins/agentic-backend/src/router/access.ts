import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsRegistryService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import type { Request } from 'express';
import type { Knex } from 'knex';
import type { WorkflowRow } from '../database/tables';
import type { Memberships } from '../permissions/CatalogMemberships';
import type { MachineGrant } from '../permissions/MachineAccess';
import type { WorkflowResources } from '../permissions/WorkflowResources';
import type { Requester } from '../service/Requester';
import { MachineGrants, machineOf } from './MachineGrants';
import { ResourceConditions } from './ResourceConditions';

/**
 * Identity and permissions of a request. People are judged by the portal's permission policy.
 * Machines are judged by `agentic.machineAccess`, and by the `accessRestrictions` of their token.
 */
export class Access {
  readonly #httpAuth: HttpAuthService;
  readonly #userInfo: UserInfoService;
  readonly #permissions: PermissionsService;
  readonly #resources: WorkflowResources;
  readonly #machines: MachineGrants;
  readonly #conditions: ResourceConditions;

  constructor(options: {
    httpAuth: HttpAuthService;
    userInfo: UserInfoService;
    permissions: PermissionsService;
    registry: PermissionsRegistryService;
    resources: WorkflowResources;
    machines: readonly MachineGrant[];
    memberships: Memberships;
  }) {
    this.#httpAuth = options.httpAuth;
    this.#userInfo = options.userInfo;
    this.#permissions = options.permissions;
    this.#resources = options.resources;
    this.#machines = new MachineGrants(options.machines, options.memberships);
    this.#conditions = new ResourceConditions(options.registry);
  }

  /**
   * The credentials of a person, or of a machine that has been granted anything at all. Throws
   * `AuthenticationError` without valid credentials, `NotAllowedError` for other machines.
   */
  async credentials(req: Request): Promise<BackstageCredentials> {
    const credentials = await this.#httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const machine = machineOf(credentials);
    if (machine) {
      this.#machines.of(machine);
    }
    return credentials;
  }

  /** The person behind a request. Machines are refused: some things only people do. */
  async person(req: Request): Promise<{
    credentials: BackstageCredentials<BackstageUserPrincipal>;
    person: Requester;
  }> {
    const credentials = await this.#httpAuth.credentials(req, {
      allow: ['user'],
    });
    const info = await this.#userInfo.getUserInfo(credentials);
    return { credentials, person: info };
  }

  /**
   * The person behind a request, when nobody acts on their behalf. A plugin that holds a person's
   * credentials (a template step, an MCP tool, a chat) shows as `actor` and is refused.
   */
  async personThemselves(req: Request): ReturnType<Access['person']> {
    const found = await this.person(req);
    const { actor } = found.credentials.principal;
    if (actor) {
      throw new NotAllowedError(
        `Only people decide, and '${actor.subject}' asks on behalf of ${found.person.userEntityRef}; open the approval in the portal`,
      );
    }
    return found;
  }

  /**
   * Who a request is made by: a person, or a machine as `service:<subject>`. A machine that names a
   * user asks for that user, where its grant covers them.
   */
  async requester(
    req: Request,
    onBehalfOf?: string,
  ): Promise<{ credentials: BackstageCredentials; requester: Requester }> {
    const credentials = await this.credentials(req);
    const machine = machineOf(credentials);
    if (!machine) {
      const { person } = await this.person(req);
      return { credentials, requester: person };
    }
    const grant = this.#machines.of(machine);
    const own = `service:${grant.subject}`;
    const requester =
      onBehalfOf === undefined || onBehalfOf === own
        ? { userEntityRef: own, ownershipEntityRefs: [] }
        : await this.#machines.userFor(grant, onBehalfOf);
    return {
      credentials,
      requester: {
        ...requester,
        machine: { subject: grant.subject, environments: grant.environments },
      },
    };
  }

  /** Refuses everybody but this other plugin of the portal. */
  async plugin(req: Request, pluginId: string): Promise<void> {
    const { principal } = await this.#httpAuth.credentials(req, {
      allow: ['service'],
    });
    if (principal.subject !== `plugin:${pluginId}`) {
      throw new NotAllowedError(
        `This is for the plugin '${pluginId}' of the portal only`,
      );
    }
  }

  /** Throws `NotAllowedError` unless the permission is granted. */
  async require(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void> {
    if (!(await this.holds(credentials, permission))) {
      throw denied(permission.name);
    }
  }

  /** Says whether the permission is granted, for answers that tell some readers more. */
  async holds(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<boolean> {
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    const machine = machineOf(credentials);
    return (
      decision.result === AuthorizeResult.ALLOW &&
      (!machine || this.#machines.cover(machine, permission))
    );
  }

  /** Says whether the permission is granted for this workflow, or for this thing of it. */
  async allows(
    credentials: BackstageCredentials,
    permission: ResourcePermission,
    workflow: WorkflowRow,
  ): Promise<boolean> {
    const [allowed] = await this.allowsEach(
      credentials,
      [permission],
      workflow,
    );
    return allowed;
  }

  /** The same for several permissions at once, in their order. */
  async allowsEach(
    credentials: BackstageCredentials,
    permissions: readonly ResourcePermission[],
    workflow: WorkflowRow,
  ): Promise<boolean[]> {
    const { decisions, environments } = await this.#decide(
      credentials,
      permissions,
    );
    if (environments && !environments.includes(workflow.environment)) {
      return permissions.map(() => false);
    }
    const conditional = decisions.some(
      ({ result }) => result === AuthorizeResult.CONDITIONAL,
    );
    const [resource] = conditional
      ? await this.#resources.get([workflow.id])
      : [];
    return decisions.map((decision, index) =>
      decision.result === AuthorizeResult.CONDITIONAL
        ? this.#conditions.of(permissions[index]).hold(decision, resource)
        : decision.result === AuthorizeResult.ALLOW,
    );
  }

  /** Throws `NotAllowedError` unless the permission is granted. For things that may be read; see `requireVisible`. */
  async requireFor(
    credentials: BackstageCredentials,
    permission: ResourcePermission,
    workflow: WorkflowRow,
  ): Promise<void> {
    if (!(await this.allows(credentials, permission, workflow))) {
      throw denied(permission.name);
    }
  }

  /**
   * Refuses what may not be read exactly like what does not exist, so that an answer tells nobody
   * which ids there are: throws what `missing` makes in both cases.
   */
  async requireVisible(
    credentials: BackstageCredentials,
    permission: ResourcePermission,
    workflow: WorkflowRow | undefined,
    missing: () => Error,
  ): Promise<void> {
    if (!workflow || !(await this.allows(credentials, permission, workflow))) {
      throw missing();
    }
  }

  /** Narrows a query over `workflows` to those the permission covers. Throws when it covers none. */
  async visible(
    credentials: BackstageCredentials,
    permission: ResourcePermission,
  ): Promise<((query: Knex.QueryBuilder) => void) | undefined> {
    const {
      decisions: [decision],
      environments,
    } = await this.#decide(credentials, [permission]);
    if (decision.result === AuthorizeResult.DENY) {
      throw denied(permission.name);
    }
    if (decision.result !== AuthorizeResult.CONDITIONAL && !environments) {
      return undefined;
    }
    return query => {
      if (environments) {
        query.whereIn('environment', [...environments]);
      }
      if (decision.result === AuthorizeResult.CONDITIONAL) {
        const { toQuery } = this.#conditions.of(permission);
        const criteria = toQuery(decision.conditions);
        query.andWhere(inner => this.#resources.narrow(inner, criteria));
      }
    };
  }

  /** The decisions, and for machines the environments they are limited to. */
  async #decide(
    credentials: BackstageCredentials,
    permissions: readonly ResourcePermission[],
  ): Promise<{
    decisions: PolicyDecision[];
    environments?: readonly string[];
  }> {
    const decisions = await this.#permissions.authorizeConditional(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    const machine = machineOf(credentials);
    if (!machine) {
      return { decisions };
    }
    return {
      decisions: decisions.map((decision, index) =>
        this.#machines.cover(machine, permissions[index])
          ? decision
          : { result: AuthorizeResult.DENY },
      ),
      environments: this.#machines.of(machine).environments,
    };
  }
}

function denied(permission: string): NotAllowedError {
  return new NotAllowedError(
    `You do not hold the permission '${permission}' for this; ask the owners of the portal`,
  );
}
