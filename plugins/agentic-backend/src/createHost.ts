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
import { createGuard } from './host/createGuard';
import { createIncidents, type Incidents } from './host/createIncidents';
import { scheduleTasks } from './host/scheduleTasks';
import type { Patient } from './doctor/Check';
import type { Memberships } from './permissions/CatalogMemberships';
import { Lanes } from './lanes/Lanes';
import { createAdmission } from './limits/admission';
import { LimitsService } from './limits/LimitsService';
import { StreamSlots } from './limits/StreamSlots';
import { UsageLedger } from './limits/UsageLedger';
import { KillSwitchService } from './killSwitch/KillSwitchService';
import { Dependencies } from './resilience/Dependencies';
import { AgentContexts } from './runtime/AgentContexts';
import { Compensation } from './runtime/Compensation';
import { Conductor } from './runtime/Conductor';
import { EffectLedger } from './runtime/guard/EffectLedger';
import { Critic } from './runtime/critic/Critic';
import { InFlight } from './runtime/guard/InFlight';
import { PolicyDecisionPoint } from './runtime/PolicyDecisionPoint';
import type { Registry } from './runtime/Registry';
import { ApprovalStage } from './runtime/task/ApprovalStage';
import { PrepareStage } from './runtime/task/PrepareStage';
import { RunStage } from './runtime/task/RunStage';
import { TaskRunner } from './runtime/task/TaskRunner';
import type { WorkflowEngine, WorkflowProgram } from './runtime/WorkflowEngine';
import { createSecrets } from './secrets/createSecrets';
import { launchUse } from './secrets/launchUse';
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
import { observedProgram, watchSteps } from './telemetry/observedProgram';
import { observedStage } from './telemetry/observedStage';
import { watchHost } from './telemetry/watchHost';
import { WorkflowTraces } from './telemetry/WorkflowTraces';
import { Sweeper } from './sweeper/Sweeper';
import { createHostSweepTasks } from './sweeper/tasks/createHostSweepTasks';
import { UndoAgain } from './sweeper/UndoAgain';

/** Everything behind the routes, built once. */
export interface Host {
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
  /** Starts the engine in the background, agrees it with the database, and begins to deliver events. */
  launch(): Promise<void>;
  shutdown(): Promise<void>;
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
  const { config, database, registry, logger, scheduler } = options;
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
  const contexts = new AgentContexts({
    guard,
    artifacts,
    records,
    usage,
    budgets: config.limits.budgets,
  });
  const compensation = new Compensation({
    database,
    store,
    registry,
    contexts,
    guard,
  });
  const approvalPolicy = config.approvals;
  const conductor = observedProgram(
    new Conductor({
      database,
      store,
      compensation,
      tasks: new TaskRunner({
        database,
        store,
        registry,
        killSwitch,
        inFlight,
        stages: {
          preparing: observedStage(
            'prepare',
            new PrepareStage({
              database,
              contexts,
              guard,
              ledger,
              lanes,
              approvals: approvalPolicy,
              critic,
            }),
          ),
          awaiting_approval: new ApprovalStage({ database }),
          running: observedStage(
            'run',
            new RunStage({ database, contexts, critic }),
          ),
        },
      }),
    }),
    new WorkflowTraces(knex),
  );
  const planner = new RequestPlanner({
    store,
    registry,
    stopOf: agent => killSwitch.stopOf(agent),
    lanes,
    rules: config.environments,
    environments: [
      ...new Set([
        ...Object.keys(approvalPolicy.environments),
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
  const watching: Array<() => void> = [];
  const followUp = new ApprovalFollowUp({
    database,
    policy: approvalPolicy,
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
      policy: approvalPolicy,
      wake: id => workflows.wake(id),
    }),
    async launch() {
      watching.push(
        watchSteps(),
        watchHost({
          knex,
          engine,
          replicas,
          budgets: config.limits.budgets,
          dependencies,
          streams,
          health,
        }),
      );
      await lanes.start({
        builtIn: new Set(options.builtInAgents),
        configured: config.lanes,
      });
      for (const [role, refs] of Object.entries(approvalPolicy.roles)) {
        if (refs.length === 0) {
          logger.warn(
            `Nobody holds the approval role '${role}'; set agentic.approvals.roles.${role}`,
          );
        }
      }
      if (!database.isShared) {
        // Only one process works on such a database: whoever held a lease is dead.
        await knex('tasks').update({ lease_owner: null, lease_until: null });
      }
      await secrets.reencrypt();
      for (const { id, run, secrets: patterns } of registry.launchTasks) {
        await secrets.lender
          .lend(launchUse(id, patterns), lent => run(records, lent))
          .catch(error =>
            logger.error(`The launch task '${id}' failed`, {
              error: String(error),
            }),
          );
      }
      await replicas.start();
      await engine.launch(conductor);
      runs.engineLaunched();
      health.engineLaunched();
      await reconciler.reconcile();
      dispatcher.start();
      await changeRecords.launch();
      killSwitch.watch.start();
      health.start();
      await scheduleTasks({
        scheduler,
        reconciler,
        followUp,
        incidents,
        reminder: secrets.reminder,
        leases: secrets.leases,
        sweeper,
        sweepEveryHours: config.sweeper.everyHours,
      });
    },
    async shutdown() {
      watching.splice(0).forEach(stop => stop());
      await replicas.stop();
      health.stop();
      await killSwitch.watch.stop();
      await sweeper.shutdown();
      await changeRecords.shutdown();
      await dispatcher.stop();
      await engine.shutdown();
    },
  };
}
