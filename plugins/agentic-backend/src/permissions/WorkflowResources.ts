import type {
  WorkflowResource,
  WorkflowResourceFilter,
} from '@agentic-backstage/plugin-agentic-node';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import { fromJson } from '../database/rows';
import type { ApprovalRow, WorkflowRow } from '../database/tables';
import {
  approvalRulesOf,
  type ApprovalPolicy,
} from '../runtime/approval/ApprovalRules';

const COLUMNS: Readonly<
  Record<Exclude<keyof WorkflowResource, 'approvers'>, string>
> = {
  requestedBy: 'requested_by',
  owner: 'owner',
  environment: 'environment',
  serviceName: 'service_name',
  lane: 'lane',
};

/** An environment nobody has configured: it stands for the rules that apply to all of those. */
const UNKNOWN = '';

/**
 * Workflows as permission rules see them: one by one in memory, or as the part of a query that
 * selects them. Both ways answer the same for every workflow.
 */
export class WorkflowResources {
  readonly #knex: Knex;
  readonly #policy: ApprovalPolicy;

  constructor(knex: Knex, policy: ApprovalPolicy) {
    this.#knex = knex;
    this.#policy = policy;
  }

  /** The resources of these workflows; `undefined` where there is none. */
  async get(
    workflowIds: readonly (string | undefined)[],
  ): Promise<(WorkflowResource | undefined)[]> {
    const ids = [...new Set(workflowIds)].filter(id => id !== undefined);
    const rows = await this.#knex<WorkflowRow>('workflows').whereIn('id', ids);
    const approvals = await this.#knex<ApprovalRow>('approvals')
      .whereIn('workflow_id', ids)
      .select('workflow_id', 'body');
    const found = new Map(
      rows.map(row => [
        row.id,
        this.#toResource(
          row,
          approvals
            .filter(approval => approval.workflow_id === row.id)
            .flatMap(
              ({ body }) =>
                fromJson<{ requiredRoles: string[] }>(body).requiredRoles,
            ),
        ),
      ]),
    );
    return workflowIds.map(id => (id === undefined ? id : found.get(id)));
  }

  /** Narrows a query over `workflows` to those that meet the criteria. */
  narrow(
    query: Knex.QueryBuilder,
    criteria: PermissionCriteria<WorkflowResourceFilter>,
  ): void {
    if ('anyOf' in criteria) {
      // Nothing to choose from is nothing, as it is in memory.
      query.whereRaw('1 = 0');
      criteria.anyOf.forEach(part =>
        query.orWhere(inner => this.narrow(inner, part)),
      );
    } else if ('allOf' in criteria) {
      query.whereRaw('1 = 1');
      criteria.allOf.forEach(part =>
        query.andWhere(inner => this.narrow(inner, part)),
      );
    } else if ('not' in criteria) {
      query.whereNot(inner => this.narrow(inner, criteria.not));
    } else if (criteria.property === 'approvers') {
      this.#narrowToApprovers(query, criteria.values);
    } else {
      query.whereIn(COLUMNS[criteria.property], [...criteria.values]);
    }
  }

  #toResource(
    row: WorkflowRow,
    requiredRoles: readonly string[],
  ): WorkflowResource {
    const roles = new Set([
      ...approvalRulesOf(this.#policy, row.environment).requiredRoles,
      ...requiredRoles,
    ]);
    return {
      requestedBy: row.requested_by,
      owner: row.owner,
      environment: row.environment,
      serviceName: row.service_name,
      lane: row.lane,
      approvers: this.#rolesWithHolders()
        .filter(([role]) => roles.has(role))
        .flatMap(([, holders]) => [...holders]),
    };
  }

  /** The roles of the environment's chain are known from the start, those of an approval once it is asked for. */
  #narrowToApprovers(query: Knex.QueryBuilder, refs: readonly string[]): void {
    const held = this.#rolesWithHolders()
      .filter(([, holders]) => holders.some(ref => refs.includes(ref)))
      .map(([role]) => role);
    if (held.length === 0) {
      query.whereRaw('1 = 0');
      return;
    }
    const signs = (environment: string) =>
      approvalRulesOf(this.#policy, environment).requiredRoles.some(role =>
        held.includes(role),
      );
    const known = Object.keys(this.#policy.environments);
    query.whereIn('environment', known.filter(signs));
    if (signs(UNKNOWN)) {
      query.orWhereNotIn('environment', known);
    }
    const marks = held.map(() => '?').join(', ');
    const asked =
      this.#knex.client.config.client === 'pg'
        ? `jsonb_array_elements_text(approvals.body::jsonb -> 'requiredRoles') as asked(value)`
        : `json_each(approvals.body, '$.requiredRoles') as asked`;
    query.orWhereRaw(
      `exists (select 1 from approvals, ${asked} where approvals.workflow_id = workflows.id and asked.value in (${marks}))`,
      held,
    );
  }

  #rolesWithHolders(): [string, readonly string[]][] {
    return Object.entries(this.#policy.roles);
  }
}
