import {
  agenticToolsExtensionPoint,
  type AgenticRecords,
  type Planner,
} from '@agentic-backstage/plugin-agentic-node';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  type AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import { sampleModule } from '../../__testUtils__/sampleModule';
import {
  createSamplePlanner,
  DIAMOND,
  SampleWorld,
  type SampleFaults,
} from '../../__testUtils__/sampleWorld';
import { agenticPlugin } from '../../plugin';

const DENIED: AuthorizeResult.DENY = AuthorizeResult.DENY;
const ALLOWED: AuthorizeResult.ALLOW = AuthorizeResult.ALLOW;

/** The people of the sample company. */
export const ADA = mockCredentials.user.header('user:default/ada');
export const BEN = mockCredentials.user.header('user:default/ben');

/** What the auditor was told, and how it ended. */
export interface Audited extends AuditorServiceCreateEventOptions {
  ended?: 'succeeded' | 'failed';
}

/** The whole plugin over HTTP with a sample agent and tool, its database and what its auditor was told. */
export interface AuditedPortal {
  readonly knex: Knex;
  readonly records: AgenticRecords;
  readonly audited: readonly Audited[];
  /** What cannot be undone as long as it is in here. */
  readonly stuck: Set<string>;
  /** Permissions that nobody holds from now on. */
  deny(...permissions: string[]): void;
  call(
    method: string,
    url: string,
    options?: { who?: string; body?: object },
  ): request.Test;
  create(serviceName: string): Promise<string>;
  inPhase(workflowId: string, phase: string): Promise<void>;
  /** Signs what is open for the workflow, as Ben. */
  approve(workflowId: string): Promise<void>;
  stop(): Promise<void>;
}

/** What services whose name begins with `failing-` ask for is refused by the tool. */
const planner: Planner = {
  plan: wish =>
    createSamplePlanner(
      wish.parameters.serviceName?.startsWith('failing-')
        ? [{ id: 't1', makes: ['forbidden'], maxAttempts: 1 }]
        : DIAMOND,
    ).plan(wish),
};

/** Starts the plugin and waits until it is well. */
export async function startAuditedPortal(
  settings: { environments?: Record<string, JsonObject> } = {},
): Promise<AuditedPortal> {
  const folder = mkdtempSync(path.join(tmpdir(), 'agentic-audit-'));
  const world = new SampleWorld(path.join(folder, 'world'));
  const audited: Audited[] = [];
  const found: { knex?: Knex; records?: AgenticRecords } = {};
  let denied: readonly string[] = [];
  const stuck = new Set<string>();
  const faults: SampleFaults = {
    beforeRemove: name => {
      if (stuck.has(name)) throw new Error(`${name} does not let go`);
    },
  };
  const decide = async (
    requests: readonly { permission: { name: string } }[],
  ) =>
    requests.map(({ permission }) => ({
      result: denied.includes(permission.name) ? DENIED : ALLOWED,
    }));
  const backend = await startTestBackend({
    features: [
      agenticPlugin,
      sampleModule(world, { planner, faults }),
      createBackendModule({
        pluginId: 'agentic',
        moduleId: 'inside',
        register(reg) {
          reg.registerInit({
            deps: {
              database: coreServices.database,
              tools: agenticToolsExtensionPoint,
            },
            async init({ database, tools }) {
              tools.addLaunchTask('sample', async records => {
                found.records = records;
              });
              found.knex = await database.getClient();
            },
          });
        },
      }),
      mockServices.rootConfig.factory({
        data: {
          agentic: {
            dataDir: folder,
            environments: settings.environments ?? {},
            agents: { maker: { lane: 'execute' } },
            approvals: {
              roles: {
                final: ['user:default/ben'],
                strategic: ['user:default/cy'],
              },
            },
          },
        },
      }),
      mockServices.permissions.mock({
        authorize: decide,
        authorizeConditional: decide,
      }).factory,
      createServiceFactory({
        service: coreServices.auditor,
        deps: {},
        factory: () => ({
          createEvent: async options => {
            const event: Audited = { ...options };
            audited.push(event);
            return {
              success: async () => {
                event.ended = 'succeeded';
              },
              fail: async () => {
                event.ended = 'failed';
              },
            };
          },
        }),
      }),
      catalogServiceMock.factory({ entities: [] }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send: async () => undefined }),
      }),
    ],
  });
  const call: AuditedPortal['call'] = (method, url, options = {}) => {
    const sent = request(backend.server)
      [method as 'get'](`/api/agentic${url}`)
      .set('authorization', options.who ?? ADA);
    return options.body ? sent.send(options.body) : sent;
  };
  for (;;) {
    const health = await call('get', '/health');
    if (health.status === 200) break;
    await sleep(100);
  }
  return {
    knex: found.knex!,
    records: found.records!,
    audited,
    stuck,
    deny: (...permissions) => {
      denied = permissions;
    },
    call,
    async create(serviceName) {
      const { body, status } = await call('post', '/workflows', {
        body: {
          template: 'sample',
          parameters: { serviceName, environment: 'staging' },
        },
      });
      if (status !== 201) throw new Error(JSON.stringify(body));
      return body.workflowId;
    },
    async inPhase(workflowId, phase) {
      for (let tries = 0; tries < 600; tries++) {
        const { body } = await call('get', `/workflows/${workflowId}`);
        if (body.phase === phase) return;
        await sleep(50);
      }
      throw new Error(`${workflowId} never came to be ${phase}`);
    },
    async approve(workflowId) {
      const { body } = await call(
        'get',
        `/approvals?status=open&workflowId=${workflowId}`,
        { who: BEN },
      );
      const [{ approvalId, scopeHash }] = body.items;
      const { status, body: answer } = await call(
        'post',
        `/approvals/${approvalId}/decision`,
        {
          who: BEN,
          body: { decision: 'approve', reason: 'looked at it', scopeHash },
        },
      );
      if (status !== 200) throw new Error(JSON.stringify(answer));
    },
    stop: () => backend.stop(),
  };
}
