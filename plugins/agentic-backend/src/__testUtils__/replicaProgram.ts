import {
  agenticAgentsExtensionPoint,
  agenticPlanningExtensionPoint,
  agenticToolsExtensionPoint,
  createEffectTool,
  type Planner,
} from '@agentic-backstage/plugin-agentic-node';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { agenticPlugin } from '../plugin';
import {
  createSampleAgents,
  createSamplePlanner,
  DIAMOND,
} from './sampleWorld';

/** What `.ci/replicas` tells a replica when it starts it. */
interface ReplicaOptions {
  /** As `backend.database` has it: all replicas share one. */
  readonly database: object;
  /** The world that all replicas change. */
  readonly world: string;
  readonly dataDir: string;
  /** More settings of `agentic`. */
  readonly agentic?: object;
  /** Milliseconds for which each effect takes its time. */
  readonly toolMs?: number;
  /** The migrations of this version, where the installed package has those of another. */
  readonly migrations?: string;
}

const GROUPS: Readonly<Record<string, readonly string[]>> = {
  'user:default/ben': ['group:default/leads'],
};

/**
 * Makes a thing: a file of its own each time, so that what was made twice is there twice. It looks at
 * nothing before; that nothing is made twice is what the framework promises.
 */
function createMakingTool(world: string, toolMs: number) {
  const digest = (key: string) => key.replace(/[^a-zA-Z0-9]/g, '-');
  const folderOf = (name: string) => path.join(world, name);
  const madeUnder = (name: string, key: string) =>
    existsSync(folderOf(name)) &&
    readdirSync(folderOf(name)).some(file =>
      file.startsWith(`${digest(key)}.`),
    );
  const observedAt = () => new Date().toISOString();
  return createEffectTool({
    id: 'world.make',
    title: 'Make a thing',
    description: 'Makes a file in a world that all replicas share',
    schema: z.object({ name: z.string() }),
    result: z.object({ made: z.string() }),
    blastRadius: ({ name }) => ({
      scope: 'service',
      destructive: false,
      description: `one file for ${name}`,
    }),
    validate: async () => [],
    dryRun: async ({ name }) => ({
      summary: `would make ${name}`,
      changes: [{ action: 'create', resource: name, detail: 'a file' }],
      warnings: [],
    }),
    async execute({ name }, { idempotencyKey }) {
      mkdirSync(folderOf(name), { recursive: true });
      await sleep(toolMs / 2);
      const file = path.join(
        folderOf(name),
        `${digest(idempotencyKey)}.${randomUUID()}`,
      );
      // Renamed, so that a kill leaves a whole one or none.
      writeFileSync(
        path.join(world, `${path.basename(file)}.new`),
        String(process.pid),
      );
      renameSync(path.join(world, `${path.basename(file)}.new`), file);
      await sleep(toolMs / 2);
      return { made: name };
    },
    async readBack({ name }, _result, { idempotencyKey }) {
      const there = madeUnder(name, idempotencyKey);
      return {
        state: there ? ('confirmed' as const) : ('absent' as const),
        evidence: `${name} is ${there ? 'there' : 'not there'}`,
        observedAt: observedAt(),
        ...(there && { result: { made: name } }),
      };
    },
    async rollback({ name }) {
      rmSync(folderOf(name), { recursive: true, force: true });
      return {
        state: 'absent',
        evidence: `${name} is gone`,
        observedAt: observedAt(),
      };
    },
    rollbackStrategy: ({ name }) => `Remove ${name}`,
    estimateCost: () => ({
      status: 'known',
      currency: 'USD',
      monthly: 0,
      lines: [],
    }),
  });
}

/** A diamond of four tasks, two things made for each service. */
const planner: Planner = {
  plan: request => {
    const name = request.parameters.serviceName;
    const [first, second, third, last] = DIAMOND;
    const making = { ...third, makes: [`repo-${name}`, `process-${name}`] };
    return createSamplePlanner([first, second, making, last]).plan(request);
  },
};

function worldModule(options: ReplicaOptions) {
  return createBackendModule({
    pluginId: 'agentic',
    moduleId: 'world',
    register(reg) {
      reg.registerInit({
        deps: {
          agents: agenticAgentsExtensionPoint,
          planning: agenticPlanningExtensionPoint,
          tools: agenticToolsExtensionPoint,
          database: coreServices.database,
        },
        async init({ agents, planning, tools, database }) {
          agents.addAgent(...createSampleAgents());
          tools.addTool(createMakingTool(options.world, options.toolMs ?? 0));
          planning.setPlanner(planner);
          if (options.migrations) {
            const knex = await database.getClient();
            await knex.migrate.latest({ directory: options.migrations });
            // The plugin looks for migrations in the installed package, which is another version.
            Object.defineProperty(knex, 'migrate', {
              value: { latest: async () => [] },
            });
          }
        },
      });
    },
  });
}

// Bundled with the sources of several versions: it uses only what they have in common.
async function main(): Promise<void> {
  const options: ReplicaOptions = JSON.parse(process.argv[2]);
  const backend = await startTestBackend({
    features: [
      agenticPlugin,
      worldModule(options),
      schedulerServiceFactory,
      mockServices.rootLogger.factory({ level: 'warn' }),
      mockServices.rootConfig.factory({
        data: {
          backend: { database: options.database },
          agentic: {
            dataDir: options.dataDir,
            approvals: { roles: { final: ['group:default/leads'] } },
            agents: { maker: { lane: 'execute' } },
            // A few people stand for many.
            limits: {
              rates: {
                requestsPerSecond: 100_000,
                writesPerMinute: 1_000_000,
                streamsPerPrincipal: 100_000,
              },
              workflows: {
                perUser: 100_000,
                perTeam: 100_000,
                overall: 100_000,
              },
            },
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
      catalogServiceMock.factory({ entities: [] }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send: async () => undefined }),
      }),
    ],
  });
  const { port } = backend.server.address() as { port: number };
  // A browser that waits keeps its connection; nobody has to make a new one for each request.
  backend.server.keepAliveTimeout = 60_000;
  const say = (line: object) =>
    process.stdout.write(`${JSON.stringify(line)}\n`);
  const isHealthy = async () =>
    (await fetch(`http://127.0.0.1:${port}/api/agentic/health`)).ok;
  while (!(await isHealthy())) await sleep(50);
  say({ replica: { port } });
  for await (const order of createInterface({ input: process.stdin })) {
    if (order === 'memory') {
      global.gc?.();
      say({ memory: process.memoryUsage() });
    } else if (order === 'stop') {
      break;
    }
  }
  await backend.stop();
  process.exit(0);
}

main().catch(error => {
  process.stderr.write(
    `${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
