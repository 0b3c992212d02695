import type {
  WorkflowResource,
  WorkflowResourceFilter,
} from '@agentic-backstage/plugin-agentic-node';
import { workflowResourceRef } from '@agentic-backstage/plugin-agentic-node';
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
  type PermissionCriteria,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
  type ConditionTransformer,
} from '@backstage/plugin-permission-node';
import type { Request } from 'express';
import type { Knex } from 'knex';
import type { WorkflowRow } from '../database/tables';
import type { Requester } from '../service/WorkflowService';

const COLUMNS: Readonly<Record<keyof WorkflowResource, string>> = {
  requestedBy: 'requested_by',
  environment: 'environment',
  serviceName: 'service_name',
};

/** The resource a permission rule sees. */
export function toResource(row: WorkflowRow): WorkflowResource {
  return {
    requestedBy: row.requested_by,
    environment: row.environment,
    serviceName: row.service_name,
  };
}

/** Identity and permissions of a request. */
export class Access {
  readonly #httpAuth: HttpAuthService;
  readonly #userInfo: UserInfoService;
  readonly #permissions: PermissionsService;
  readonly #toQuery: ConditionTransformer<WorkflowResourceFilter>;
  readonly #holds: ReturnType<
    typeof createConditionAuthorizer<WorkflowResource>
  >;

  constructor(options: {
    httpAuth: HttpAuthService;
    userInfo: UserInfoService;
    permissions: PermissionsService;
    registry: PermissionsRegistryService;
  }) {
    this.#httpAuth = options.httpAuth;
    this.#userInfo = options.userInfo;
    this.#permissions = options.permissions;
    const rules = options.registry.getPermissionRuleset(workflowResourceRef);
    this.#toQuery = createConditionTransformer(rules);
    this.#holds = createConditionAuthorizer(rules);
  }

  /** The credentials of a person or a service. Throws `AuthenticationError` for anything else. */
  async credentials(req: Request): Promise<BackstageCredentials> {
    return this.#httpAuth.credentials(req, { allow: ['user', 'service'] });
  }

  /** The person behind a request. Services are refused: some things only people do. */
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

  /** Refuses everybody but another plugin of this portal, or a service it trusts. */
  async service(req: Request): Promise<void> {
    await this.#httpAuth.credentials(req, { allow: ['service'] });
  }

  /** Throws `NotAllowedError` unless the permission is granted. */
  async require(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void> {
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw denied(permission.name);
    }
  }

  /** Says whether the permission is granted for this workflow. */
  async allows(
    credentials: BackstageCredentials,
    permission: ResourcePermission,
    workflow: WorkflowRow,
  ): Promise<boolean> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      {
        credentials,
      },
    );
    return this.#holds(decision, toResource(workflow));
  }

  /** Throws `NotAllowedError` unless the permission is granted for this workflow. */
  async requireFor(
    credentials: BackstageCredentials,
    permission: ResourcePermission,
    workflow: WorkflowRow,
  ): Promise<void> {
    if (!(await this.allows(credentials, permission, workflow))) {
      throw denied(permission.name);
    }
  }

  /** Narrows a query to the workflows the permission covers. Throws when it covers none. */
  async visible(
    credentials: BackstageCredentials,
    permission: ResourcePermission,
  ): Promise<((query: Knex.QueryBuilder) => void) | undefined> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      {
        credentials,
      },
    );
    if (decision.result === AuthorizeResult.DENY) {
      throw denied(permission.name);
    }
    if (decision.result !== AuthorizeResult.CONDITIONAL) {
      return undefined;
    }
    const criteria = this.#toQuery(decision.conditions);
    return query => applyCriteria(query, criteria);
  }
}

function denied(permission: string): NotAllowedError {
  return new NotAllowedError(
    `You do not hold the permission '${permission}' for this; ask the owners of the portal`,
  );
}

function applyCriteria(
  query: Knex.QueryBuilder,
  criteria: PermissionCriteria<WorkflowResourceFilter>,
): void {
  if ('anyOf' in criteria) {
    criteria.anyOf.forEach(part =>
      query.orWhere(inner => applyCriteria(inner, part)),
    );
  } else if ('allOf' in criteria) {
    criteria.allOf.forEach(part =>
      query.andWhere(inner => applyCriteria(inner, part)),
    );
  } else if ('not' in criteria) {
    query.whereNot(inner => applyCriteria(inner, criteria.not));
  } else {
    query.whereIn(COLUMNS[criteria.property], [...criteria.values]);
  }
}
