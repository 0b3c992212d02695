import {
  createWorkflowConditionalDecision,
  createApprovalConditionalDecision,
  createAuditConditionalDecision,
  createDeploymentConditionalDecision,
  approvalConditions,
  auditConditions,
  deploymentConditions,
  workflowConditions,
  type Planner,
} from '@agentic-backstage/plugin-agentic-node';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import {
  AuthorizeResult,
  isResourcePermission,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSamplePlanner, DIAMOND } from '../src/__testUtils__/sampleWorld';
import {
  startSamplePortal,
  type SamplePortal,
} from '../src/__testUtils__/startSamplePortal';
import type { Ending, Original } from './storedWorkflows';

const ADA = mockCredentials.user.header('user:default/ada');
const BEN = mockCredentials.user.header('user:default/ben');

/** A started portal, and the connection of the plugin to its database. */
export interface BenchPortal {
  readonly portal: SamplePortal;
  readonly knex: Knex;
}

/** Makes a repository and a process for each service, and cannot make the process of a broken one. */
const planner: Planner = {
  plan: request => {
    const name = request.parameters.serviceName;
    const [first, second, third, last] = DIAMOND;
    const making = { ...third, makes: [`repo-${name}`, `process-${name}`] };
    return createSamplePlanner([first, second, making, last]).plan(request);
  },
};

/** What somebody gets who may see what their team owns, and nothing else. */
function ownOnly(permission: ResourcePermission): PolicyDecision {
  const own = { refs: ['group:default/team-search'] };
  if (isResourcePermission(permission, 'agentic-workflow')) {
    return createWorkflowConditionalDecision(
      permission,
      workflowConditions.isOwnedBy(own),
    );
  }
  if (isResourcePermission(permission, 'agentic-approval')) {
    return createApprovalConditionalDecision(
      permission,
      approvalConditions.isOwnedBy(own),
    );
  }
  if (isResourcePermission(permission, 'agentic-audit')) {
    return createAuditConditionalDecision(
      permission,
      auditConditions.isOwnedBy(own),
    );
  }
  return isResourcePermission(permission, 'agentic-deployment')
    ? createDeploymentConditionalDecision(
        permission,
        deploymentConditions.isOwnedBy(own),
      )
    : { result: AuthorizeResult.DENY };
}

const permissions = createServiceFactory({
  service: coreServices.permissions,
  deps: {},
  factory: () => ({
    authorize: async queries =>
      queries.map(() => ({ result: AuthorizeResult.ALLOW })),
    authorizeConditional: async (queries, options) =>
      queries.map(({ permission }) =>
        JSON.stringify(options).includes('user:default/dmitri')
          ? ownOnly(permission)
          : { result: AuthorizeResult.ALLOW },
      ),
  }),
});

/** Starts a portal in which Ben may see everything, and Dmitri what his team owns. */
export async function startBenchPortal(
  folder: string,
  database: object,
): Promise<BenchPortal> {
  let knex: Knex | undefined;
  const portal = await startSamplePortal({
    planner,
    config: { backend: { database } },
    agentic: {
      dataDir: folder,
      limits: {
        rates: { writesPerMinute: 1_000_000 },
        workflows: { perUser: 10_000, perTeam: 10_000, overall: 10_000 },
      },
    },
    faults: {
      beforeMake: name => {
        if (name.startsWith('process-broken')) {
          throw new InputError(`${name} cannot be made`);
        }
      },
    },
    features: [
      permissions,
      // The one of tests does nothing by itself.
      schedulerServiceFactory,
      mockServices.rootLogger.factory({ level: 'error' }),
      createBackendModule({
        pluginId: 'agentic',
        moduleId: 'bench',
        register(reg) {
          reg.registerInit({
            deps: { database: coreServices.database },
            async init(deps) {
              knex = await deps.database.getClient();
            },
          });
        },
      }),
    ],
  });
  return { portal, knex: knex! };
}

/** Has the product carry out one workflow to this end. */
export async function carryOut(
  { portal, knex }: BenchPortal,
  ending: Ending,
): Promise<Original> {
  const serviceName = `${
    ending === 'undone' ? 'broken' : 'plain'
  }-${ending}-original`;
  const { body } = await portal.call('post', '/workflows', {
    as: ADA,
    body: {
      template: 'sample',
      description: `Create ${serviceName} with a REST API`,
      parameters: { serviceName, environment: 'staging' },
    },
  });
  const workflowId = String(body.workflowId);
  await portal.reaches(workflowId, 'awaiting_approval', BEN);
  const row = await knex('approvals').where('workflow_id', workflowId).first();
  const decide = (decision: string) =>
    portal.call('post', `/approvals/${row.id}/decision`, {
      as: BEN,
      body: {
        decision,
        reason: 'The dry run shows it.',
        scopeHash: row.scope_hash,
      },
    });
  await portal.call('post', `/approvals/${row.id}/seen`, {
    as: BEN,
    body: { details: true },
  });
  if (ending === 'cancelled') await decide('reject');
  else if (ending !== 'open') await decide('approve');
  for (let tries = 0; ending !== 'open'; tries++) {
    const { phase } = await knex('workflows').where('id', workflowId).first();
    const sent = await knex('outbox').where('status', 'pending').first();
    if (
      ['completed', 'failed', 'cancelled', 'rolled_back'].includes(phase) &&
      !sent
    ) {
      process.stdout.write(`  an original is ${phase}\n`);
      break;
    }
    if (tries > 300) throw new Error(`${serviceName} is still ${phase}`);
    await sleep(100);
  }
  return { ending, workflowId, serviceName };
}
