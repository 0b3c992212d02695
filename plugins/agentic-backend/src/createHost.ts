import type {
  Agent,
  AgenticRecords,
} from '@agentic-backstage/plugin-agentic-node';
import type {
  AuditorService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  createChangeRecords,
  type ChangeRecords,
} from './changeRecord/createChangeRecords';
import type { AgenticConfig } from './config';
import type { AgenticDatabase } from './database/AgenticDatabase';
import { DatabaseArtifacts } from './database/DatabaseArtifacts';
import { createDatabaseRecords } from './database/DatabaseRecords';
import { WorkflowStore } from './database/WorkflowStore';
import { Replicas } from './environments/Replicas';
import { chooseEngine } from './host/chooseEngine';
import { createConductor } from './host/createConductor';
import { createGuard } from './host/createGuard';
import { createIncidents, type Incidents } from './host/createIncidents';
import { createLifecycle, type Lifecycle } from './host/createLifecycle';
import type { Patient } from './doctor/Check';
import type { Memberships } from './permissions/CatalogMemberships';
import { Lanes } from './lanes/Lanes';
import { createAdmission } from './limits/admission';
import { LimitsService } from './limits/LimitsService';
import { StreamSlots } from './limits/StreamSlots';
import { UsageLedger } from './limits/UsageLedger';
import { KillSwitchService } from './killSwitch/KillSwitchService';
import { Dependencies } from './resilience/Dependencies';
import type { Compensation } from './runtime/Compensation';
import { EffectLedger } from './runtime/guard/EffectLedger';
import { Critic } from './runtime/critic/Critic';
import { InFlight } from './runtime/guard/InFlight';
import { PolicyDecisionPoint } from './runtime/PolicyDecisionPoint';
import type { Registry } from './runtime/Registry';
import type { WorkflowEngine, WorkflowProgram } from './runtime/WorkflowEngine';
import { createSecrets } from './secrets/createSecrets';
import {
  dependencyOfStore,
  STORE_POLICY,
} from './secrets/standby/withStandbys';
import type { SecretService } from './secrets/SecretService';
import { ApprovalFollowUp } from './service/ApprovalFollowUp';
import { ApprovalService } from './service/ApprovalService';
import { GenerateService } from './service/GenerateService';
import { HealthService } from './service/HealthService';
import { OperationsOverview } from './service/OperationsOverview';
import { OutboxDispatcher } from './service/OutboxDispatcher';
import { Reconciler } from './service/Reconciler';
import { RequestPlanner } from './service/RequestPlanner';
import { ReviseService } from './service/ReviseService';
import { RunStarter } from './service/RunStarter';
import { WorkflowService } from './service/WorkflowService';
import { Sweeper } from './sweeper/Sweeper';
import { createHostSweepTasks } from './sweeper/tasks/createHostSweepTasks';
import { UndoAgain } from './sweeper/UndoAgain';

/** Everything behind the routes, built once. */
export interface Host extends Lifecycle {
  readonly store: WorkflowStore;
  readonly artifacts: DatabaseArtifacts;
  readonly records: AgenticRecords;
  readonly workflows: WorkflowService;
  readonly lanes: Lanes;
  /** What the engine drives. */
  readonly program: WorkflowProgram;
  readonly approvals: ApprovalService;
  readonly revisions: ReviseService;
  readonly followUp: ApprovalFollowUp;
  readonly generate: GenerateService;
  readonly compensation: Compensation;
  readonly changeRecords: ChangeRecords;
  readonly health: HealthService;
  readonly incidents: Incidents;
  readonly replicas: Replicas;
  readonly limits: LimitsService;
  readonly sweeper: Sweeper;
  readonly undoAgain: UndoAgain;
  readonly dependencies: Dependencies;
  readonly killSwitch: KillSwitchService;
  readonly secrets: SecretService;
}

/** Builds the host. Nothing runs before `launch`. */
export function createHost(options: {
  config: AgenticConfig;
  database: AgenticDatabase;
  registry: Registry;
  auditor: AuditorService;
  logger: LoggerService;
  events: EventsService;
  notifications: NotificationService;
  signals: SignalsService;
  scheduler: SchedulerService;
  /** What the doctor may look at, for its advice on the page of health. */
  patient?: Patient;
  /** The groups people are in now. */
  memberships: Memberships;
  /** The agents that come with the framework, which start in the lane they declare. */
  builtInAgents?: readonly Agent[];
  /** For tests; by default the configuration decides. */
  engine?: WorkflowEngine;
  /** For tests; by default a second lies between two looks after a change. */
  readBackPauseMs?: number;
}): Host {
  const { config, database, registry, logger } = options;
  const { knex } = database;
  const changeRecords = createChangeRecords({
    ...options,
    payloadDays: config.retention.payloadDays,
  });
  const usage = new UsageLedger({ knex, limits: config.limits });
  const store = new WorkflowStore(
    database,
    createAdmission({ limits: config.limits, usage }),
  );
  const artifacts = new DatabaseArtifacts(knex);
  const records = createDatabaseRecords(knex);
  const replicas = new Replicas({ database, logger });
  const incidents = createIncidents({ ...options, knex });
  const dependencies = new Dependencies({
    tools: registry.tools,
    evaluators: registry.evaluators,
    adapters: config.secrets.stores.map(id => ({
      id: dependencyOfStore(id),
      kind: 'store',
      policy: STORE_POLICY,
    })),
    logger,
    onChange: state => incidents.breakers.changed(state),
  });
  const policy = new PolicyDecisionPoint(registry, dependencies);
  const engine = options.engine ?? chooseEngine(config, database, logger);
  const runs = new RunStarter({ engine, logger });
  const killSwitch = new KillSwitchService({
    knex,
    engine,
    registry,
    signals: options.signals,
    logger,
    roles: config.approvals.roles,
  });
  const inFlight = new InFlight();
  const lanes = new Lanes({
    knex,
    registry,
    wake: async id => {
      const row = await store.row(id);
      if (row) {
        await runs.signal({ workflowId: id, generation: row.generation });
      }
    },
  });
  const critic = new Critic({
    knex,
    artifacts,
    registry,
    settings: config.critic,
    policy: config.approvals,
  });
  const ledger = new EffectLedger(knex);
  const secrets = createSecrets({
    config,
    knex,
    logger,
    stores: registry.secretStores,
    dynamicStores: registry.dynamicSecretStores,
    dependencies,
  });
  const guard = createGuard({
    ...options,
    policy,
    ledger,
    secrets: secrets.lender,
    dependencies,
    inFlight,
    killSwitch,
    lanes,
    usage,
    replicas,
    store,
    critic,
  });
  const { conductor, compensation } = createConductor({
    config,
    database,
    registry,
    store,
    guard,
    artifacts,
    records,
    usage,
    ledger,
    lanes,
    critic,
    killSwitch,
    inFlight,
  });
  const planner = new RequestPlanner({
    store,
    registry,
    stopOf: agent => killSwitch.stopOf(agent),
    lanes,
    rules: config.environments,
    environments: [
      ...new Set([
        ...Object.keys(config.approvals.environments),
        ...Object.keys(config.environments),
      ]),
    ],
  });
  const workflows: WorkflowService = new WorkflowService({
    database,
    store,
    runs,
    planner,
  });
  const streams = new StreamSlots(config.limits.rates.streamsPerPrincipal);
  const followUp = new ApprovalFollowUp({
    database,
    policy: config.approvals,
    wake: id => workflows.wake(id),
    logger,
  });
  const health = new HealthService({
    knex,
    engine,
    registry,
    dependencies,
    lanes,
    logger,
    operations: new OperationsOverview({
      ...options,
      knex,
      engine,
      replicas,
      budgets: config.limits.budgets,
    }),
    moreChecks: [() => changeRecords.verifier.check()],
  });
  const reconciler = new Reconciler({ database, store, engine, logger });
  const dispatcher = new OutboxDispatcher({ ...options, dependencies });
  const hostSweepTasks = createHostSweepTasks({
    knex,
    engine,
    days: config.retention,
  });
  const sweeper = new Sweeper({
    knex,
    records,
    tasks: () => [...hostSweepTasks, ...registry.sweepTasks],
    config: config.sweeper,
    logger,
  });

  return {
    store,
    artifacts,
    records,
    workflows,
    lanes,
    program: conductor,
    compensation,
    changeRecords,
    health,
    incidents,
    replicas,
    limits: new LimitsService({
      knex,
      limits: config.limits,
      usage,
      streams,
    }),
    sweeper,
    undoAgain: new UndoAgain({ database, compensation }),
    dependencies,
    killSwitch,
    secrets: secrets.service,
    revisions: new ReviseService({ database, planner, runs }),
    followUp,
    generate: new GenerateService({ knex, workflows, policy }),
    approvals: new ApprovalService({
      database,
      store,
      critic,
      policy: config.approvals,
      wake: id => workflows.wake(id),
    }),
    ...createLifecycle({
      ...options,
      conductor,
      records,
      engine,
      runs,
      replicas,
      dependencies,
      streams,
      health,
      lanes,
      secrets,
      reconciler,
      dispatcher,
      changeRecords,
      killSwitch,
      followUp,
      incidents,
      sweeper,
    }),
  };
}
