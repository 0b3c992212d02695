import {
  coreServices,
  createServiceFactory,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import type { Planner } from '@agentic-backstage/plugin-agentic-node';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import { agenticPlugin } from '../plugin';
import { sampleModule } from './sampleModule';
import { SampleWorld, type SampleFaults } from './sampleWorld';

/** The groups of the sample company's people. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  'user:default/ada': ['group:default/team-payments'],
  'user:default/dmitri': ['group:default/team-search'],
  'user:default/ben': ['group:default/leads'],
  'user:default/chiara': ['group:default/architects'],
  'user:default/oscar': ['group:default/operators'],
};

const PEOPLE: Entity[] = Object.entries(GROUPS).map(([ref, groups]) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: ref.split('/')[1] },
  spec: { memberOf: groups.map(group => group.split('/')[1]) },
  relations: groups.map(targetRef => ({ type: 'memberOf', targetRef })),
}));

/** A started portal with the sample company, reached over HTTP. */
export interface SamplePortal {
  /** The address of the plugin's API. */
  readonly url: string;
  readonly world: SampleWorld;
  call(
    method: 'get' | 'post',
    route: string,
    options?: { as?: string; body?: object },
  ): Promise<{
    status: number;
    headers: Readonly<Record<string, string>>;
    body: Record<string, unknown> & { error?: { message: string } };
  }>;
  /** Waits until a workflow is in a phase, as seen with these credentials. */
  reaches(workflowId: string, phase: string, as: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a backend with the plugin, the sample planner, agents and tool: leads sign as final,
 * architects as strategic, maker works in lane execute. `features` replace services.
 */
export async function startSamplePortal(options: {
  agentic?: object;
  config?: object;
  faults?: SampleFaults;
  planner?: Planner;
  features?: readonly BackendFeature[];
}): Promise<SamplePortal> {
  const folder = mkdtempSync(path.join(tmpdir(), 'agentic-portal-'));
  const world = new SampleWorld(path.join(folder, 'world'));
  const backend = await startTestBackend({
    features: [
      agenticPlugin,
      sampleModule(world, options),
      mockServices.rootConfig.factory({
        data: {
          ...options.config,
          agentic: {
            dataDir: folder,
            approvals: {
              roles: {
                final: ['group:default/leads'],
                strategic: ['group:default/architects'],
              },
            },
            agents: { maker: { lane: 'execute' } },
            ...options.agentic,
          },
        },
      }),
      createServiceFactory({
        service: coreServices.userInfo,
        deps: { auth: coreServices.auth },
        factory: ({ auth }) => ({
          async getUserInfo(credentials) {
            if (!auth.isPrincipal(credentials, 'user')) {
              throw new Error('Only people have user info');
            }
            const { userEntityRef } = credentials.principal;
            return {
              userEntityRef,
              ownershipEntityRefs: [
                userEntityRef,
                ...(GROUPS[userEntityRef] ?? []),
              ],
            };
          },
        }),
      }),
      catalogServiceMock.factory({ entities: PEOPLE }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send: async () => undefined }),
      }),
      ...(options.features ?? []),
    ],
  });
  const { port } = backend.server.address() as { port: number };
  const call: SamplePortal['call'] = async (
    method,
    route,
    { as, body } = {},
  ) => {
    const sent = request(backend.server)[method](`/api/agentic${route}`);
    if (as !== undefined) sent.set('authorization', as);
    const answer = await (body === undefined ? sent : sent.send(body));
    const { status, headers } = answer;
    return { status, headers, body: answer.body };
  };
  for (let tries = 0; (await call('get', '/health')).status !== 200; tries++) {
    if (tries > 600) throw new Error('The sample portal did not get healthy');
    await sleep(100);
  }
  return {
    url: `http://127.0.0.1:${port}/api/agentic`,
    world,
    call,
    async reaches(workflowId, phase, as) {
      let seen: unknown;
      for (let tries = 0; tries < 600; tries++) {
        const { body } = await call('get', `/workflows/${workflowId}`, { as });
        seen = body.phase;
        if (seen === phase) return;
        await sleep(50);
      }
      throw new Error(`${workflowId} is ${seen}, not ${phase}`);
    },
    stop: () => backend.stop(),
  };
}
