import { NotFoundError } from '@backstage/errors';
import type {
  CreateWorkflowRequest,
  WorkflowPhase,
} from '@agentic-backstage/plugin-agentic-common';
import type { SweepTask } from '@agentic-backstage/plugin-agentic-node';
import type {
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AgenticConfig } from '../config';
import { createHost, type Host } from '../createHost';
import { AgenticDatabase } from '../database/AgenticDatabase';
import { InProcessWorkflowEngine } from '../engine';
import { DEFAULT_INCIDENTS } from '../incidents/IncidentSettings';
import { DEFAULT_LIMITS } from '../limits/limitsConfig';
import { DEFAULT_RETENTION } from '../sweeper/retention/retentionConfig';
import { DEFAULT_SWEEPER } from '../sweeper/sweeperConfig';
import type { Approver } from '../runtime/approval/ApprovalRules';
import { DEFAULT_CRITIC_SETTINGS } from '../runtime/critic/CriticSettings';
import type { Memberships } from '../permissions/CatalogMemberships';
import { Registry } from '../runtime/Registry';
import type { WorkflowEngine } from '../runtime/WorkflowEngine';
import type { Requester } from '../service/WorkflowService';
import {
  createSampleAgents,
  createSamplePlanner,
  createWorldTool,
  DIAMOND,
  type SampleFaults,
  type SampleTask,
  type SampleWorld,
} from './sampleWorld';
import { quietLogger, quietServices } from './quietServices';
import { testEnvironments } from './testEnvironments';
import { testPolicy } from './testPolicy';

/** The people of the sample company. */
export const ADA: Requester = {
  userEntityRef: 'user:default/ada',
  ownershipEntityRefs: ['user:default/ada', 'group:default/team-payments'],
};
export const BEN: Approver = {
  userEntityRef: 'user:default/ben',
  ownershipEntityRefs: ['user:default/ben', 'group:default/leads'],
};
export const CHIARA: Approver = {
  userEntityRef: 'user:default/chiara',
  ownershipEntityRefs: ['user:default/chiara', 'group:default/architects'],
};

/** Settings of a test host: leads sign as final, architects as strategic. */
export function testConfig(dataDir: string): AgenticConfig {
  return {
    dataDir,
    engine: { schema: 'agentic_engine', maxConnections: 12 },
    approvals: testPolicy,
    environments: testEnvironments,
    machines: [],
    critic: DEFAULT_CRITIC_SETTINGS,
    incidents: DEFAULT_INCIDENTS,
    secrets: {
      keys: [],
      stores: [],
      defaultStore: 'portal',
      notify: [],
      production: false,
    },
    limits: DEFAULT_LIMITS,
    sweeper: DEFAULT_SWEEPER,
    lanes: { maker: 'execute' },
    retention: DEFAULT_RETENTION,
  };
}

/** A host over a real database with the sample planner, agents and tool. */
export interface TestHost {
  readonly host: Host;
  readonly database: AgenticDatabase;
  readonly services: ReturnType<typeof quietServices>;
  create(
    request: Partial<CreateWorkflowRequest> & {
      serviceName?: string;
      environment?: string;
    },
  ): Promise<string>;
  /** Waits until the workflow is in the phase; fails with what it is in instead. */
  reaches(
    workflowId: string,
    phase: WorkflowPhase,
    milliseconds?: number,
  ): Promise<void>;
  /** Signs the open approval of the workflow. */
  approve(workflowId: string, approver?: Approver): Promise<void>;
  reject(workflowId: string, reason: string): Promise<void>;
  statuses(workflowId: string): Promise<Record<string, string>>;
  messages(workflowId: string): Promise<string[]>;
  shutdown(): Promise<void>;
}

/** Builds and launches a host. `knex` stays open at shutdown, so that another can be built on it. */
export async function createTestHost(options: {
  knex: Knex;
  world: SampleWorld;
  tasks?: readonly SampleTask[];
  faults?: SampleFaults;
  engine?: WorkflowEngine;
  /** By default nobody knows anybody, and people keep the groups they came with. */
  memberships?: Memberships;
  config?: Partial<AgenticConfig>;
  sweepTasks?: readonly SweepTask[];
  /** Adds more agents, tools and stores. */
  extend?: (registry: Registry) => void;
  logger?: LoggerService;
}): Promise<TestHost> {
  const logger = options.logger ?? quietLogger;
  const services = quietServices();
  const registry = new Registry();
  registry.setPlanner(createSamplePlanner(options.tasks ?? DIAMOND));
  createSampleAgents(options.faults).forEach(agent => registry.addAgent(agent));
  registry.addTool(createWorldTool(options.world, options.faults));
  options.sweepTasks?.forEach(task => registry.addSweepTask(task));
  options.extend?.(registry);
  registry.checkDeclarations();
  const databaseService: DatabaseService = {
    getClient: async () => options.knex,
  };
  const database = await AgenticDatabase.create(databaseService);
  const host = createHost({
    config: { ...testConfig(options.world.folder), ...options.config },
    database,
    registry,
    logger,
    ...services,
    memberships: options.memberships ?? { of: async () => undefined },
    engine: options.engine ?? new InProcessWorkflowEngine({ logger }),
  });
  await host.launch();

  const openApproval = async (workflowId: string) => {
    const [approval] = await host.approvals.list({
      workflowId,
      status: 'open',
    });
    if (!approval) throw new NotFoundError(`No open approval of ${workflowId}`);
    return approval;
  };
  return {
    host,
    database,
    services,
    async create({ serviceName, environment, ...request }) {
      const { stored } = await host.workflows.create(
        {
          template: 'sample',
          dryRun: false,
          ...request,
          parameters: {
            serviceName: serviceName ?? 'sample-service',
            environment: environment ?? 'staging',
          },
        },
        ADA,
      );
      return stored.row.id;
    },
    async reaches(workflowId, phase, milliseconds = 15_000) {
      const end = Date.now() + milliseconds;
      for (;;) {
        const row = await host.store.row(workflowId);
        if (row?.phase === phase) return;
        if (Date.now() > end) {
          throw new Error(
            `${workflowId} is ${row?.phase} (${row?.error}), not ${phase}`,
          );
        }
        await sleep(20);
      }
    },
    async approve(workflowId, approver = BEN) {
      const { approvalId, scopeHash } = await openApproval(workflowId);
      await host.approvals.decide(
        approvalId,
        { decision: 'approve', reason: '', scopeHash },
        approver,
      );
    },
    async reject(workflowId, reason) {
      const { approvalId, scopeHash } = await openApproval(workflowId);
      await host.approvals.decide(
        approvalId,
        { decision: 'reject', reason, scopeHash },
        BEN,
      );
    },
    async statuses(workflowId) {
      const stored = await host.store.get(workflowId);
      return Object.fromEntries(
        stored!.tasks.map(task => [task.task_id, task.status]),
      );
    },
    async messages(workflowId) {
      const rows = await options
        .knex('workflow_events')
        .where('workflow_id', workflowId)
        .orderBy('seq');
      return rows.map(row => row.message as string);
    },
    shutdown: () => host.shutdown(),
  };
}
