import {
  agenticPlanningExtensionPoint,
  agenticToolsExtensionPoint,
  agenticAgentsExtensionPoint,
} from '@agentic-backstage/plugin-agentic-node';
import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPlanner } from '../src/agents/planner/createPlanner';
import { agentModules } from '../src/agents';
import { agenticModulePlanner } from '../src/agents/planner/module';
import { agenticPlugin } from '../src/plugin';
import {
  createSampleAgents,
  createSamplePlanner,
  createWorldTool,
  SampleWorld,
} from '../src/__testUtils__/sampleWorld';
import { builtInToolModules } from '../src/tools';
import { describeMachine, report } from './figures';

const PARKED = Number(process.env.AGENTIC_BENCH_PARKED ?? 1000);
const ACCEPTED = 100;
const EVERY_MS = 600;

/**
 * Requests with the real planner and agents, 100 in a minute over HTTP, while 1000 workflows wait
 * for approval. The database is SQLite, the engine DBOS on PGlite, as `npm start` has them.
 */
async function main(): Promise<void> {
  describeMachine();
  const folder = mkdtempSync(path.join(tmpdir(), 'agentic-bench-'));
  const real = createPlanner();
  const sample = createSamplePlanner([{ id: 't1', makes: ['file'] }]);
  const backend = await startTestBackend({
    features: [
      agenticPlugin,
      ...builtInToolModules,
      ...agentModules.filter(module => module !== agenticModulePlanner),
      createBackendModule({
        pluginId: 'agentic',
        moduleId: 'bench',
        register(reg) {
          reg.registerInit({
            deps: {
              agents: agenticAgentsExtensionPoint,
              planning: agenticPlanningExtensionPoint,
              tools: agenticToolsExtensionPoint,
            },
            async init({ agents, planning, tools }) {
              agents.addAgent(...createSampleAgents());
              tools.addTool(
                createWorldTool(new SampleWorld(path.join(folder, 'world'))),
              );
              planning.setPlanner({
                plan: request =>
                  request.template === 'sample'
                    ? sample.plan(request)
                    : real.plan(request),
              });
            },
          });
        },
      }),
      mockServices.logger.factory({ level: 'error' }),
      mockServices.rootConfig.factory({
        data: {
          agentic: {
            dataDir: folder,
            approvals: { roles: { final: ['user:default/ben'] } },
            agents: { maker: { lane: 'execute' } },
            // One person stands for many here.
            limits: {
              rates: { writesPerMinute: 1_000_000 },
              workflows: {
                perUser: 1_000_000,
                perTeam: 1_000_000,
                overall: 1_000_000,
              },
            },
          },
          backend: {
            database: {
              client: 'better-sqlite3',
              connection: { directory: folder },
            },
          },
        },
      }),
      catalogServiceMock.factory({ entities: [] }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send: async () => undefined }),
      }),
    ],
  });
  const address = backend.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const call = async (
    url: string,
    body?: object,
  ): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`http://127.0.0.1:${port}/api/agentic${url}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: mockCredentials.user.header('user:default/ada'),
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  while ((await call('/health')).status !== 200) await sleep(200);

  const begin = performance.now();
  for (let index = 0; index < PARKED; index++) {
    const { status, body } = await call('/workflows', {
      template: 'sample',
      parameters: { serviceName: `parked-${index}`, environment: 'staging' },
    });
    if (status !== 201) {
      throw new Error(`Parking was refused: ${status} ${JSON.stringify(body)}`);
    }
  }
  const waiting = async (): Promise<number> => {
    const { body } = await call('/workflows?phase=awaiting_approval&limit=1');
    return (body as { totalItems: number }).totalItems;
  };
  while ((await waiting()) < PARKED) await sleep(500);
  process.stdout.write(
    `Parked ${PARKED} workflows on approval in ${(
      (performance.now() - begin) /
      1000
    ).toFixed(0)} s\n`,
  );

  const samples: number[] = [];
  for (let index = 0; index < ACCEPTED; index++) {
    const started = performance.now();
    const { status, body } = await call('/workflows', {
      description: `Create a new microservice called bench-${index}-service with REST API, PostgreSQL, and deploy to staging`,
    });
    samples.push(performance.now() - started);
    if (status !== 201) {
      throw new Error(`Not accepted: ${status} ${JSON.stringify(body)}`);
    }
    await sleep(Math.max(0, EVERY_MS - (performance.now() - started)));
  }
  const holds = report(
    `Accepting a workflow, plan included, at ${
      60_000 / EVERY_MS
    } a minute with ${PARKED} parked`,
    samples,
    { p50: 50, p99: 250 },
  );
  await backend.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(holds ? 0 : 1);
}

main().catch(error => {
  process.stderr.write(
    `${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
