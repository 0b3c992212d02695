import type {
  AgenticRecords,
  Agent,
} from '@agentic-backstage/plugin-agentic-node';
import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { ChangeRecords } from '../changeRecord/createChangeRecords';
import type { AgenticConfig } from '../config';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import type { Replicas } from '../environments/Replicas';
import type { KillSwitchService } from '../killSwitch/KillSwitchService';
import type { Lanes } from '../lanes/Lanes';
import type { StreamSlots } from '../limits/StreamSlots';
import type { Dependencies } from '../resilience/Dependencies';
import type { Registry } from '../runtime/Registry';
import type {
  WorkflowEngine,
  WorkflowProgram,
} from '../runtime/WorkflowEngine';
import type { createSecrets } from '../secrets/createSecrets';
import { launchUse } from '../secrets/launchUse';
import type { ApprovalFollowUp } from '../service/ApprovalFollowUp';
import type { HealthService } from '../service/HealthService';
import type { OutboxDispatcher } from '../service/OutboxDispatcher';
import type { Reconciler } from '../service/Reconciler';
import type { RunStarter } from '../service/RunStarter';
import type { Sweeper } from '../sweeper/Sweeper';
import { watchSteps } from '../telemetry/observedProgram';
import { watchHost } from '../telemetry/watchHost';
import type { Incidents } from './createIncidents';
import { scheduleTasks } from './scheduleTasks';

/** How the host begins and ends, in an order in which nothing runs before what it needs. */
export interface Lifecycle {
  /** Starts the engine, agrees it with the database, and begins to deliver events. */
  launch(): Promise<void>;
  shutdown(): Promise<void>;
}

/** The lifecycle of a host of these parts. */
export function createLifecycle(options: {
  config: AgenticConfig;
  database: AgenticDatabase;
  registry: Registry;
  logger: LoggerService;
  scheduler: SchedulerService;
  builtInAgents?: readonly Agent[];
  conductor: WorkflowProgram;
  records: AgenticRecords;
  engine: WorkflowEngine;
  runs: RunStarter;
  replicas: Replicas;
  dependencies: Dependencies;
  streams: StreamSlots;
  health: HealthService;
  lanes: Lanes;
  secrets: ReturnType<typeof createSecrets>;
  reconciler: Reconciler;
  dispatcher: OutboxDispatcher;
  changeRecords: ChangeRecords;
  killSwitch: KillSwitchService;
  followUp: ApprovalFollowUp;
  incidents: Incidents;
  sweeper: Sweeper;
}): Lifecycle {
  const {
    config,
    database,
    registry,
    logger,
    scheduler,
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
  } = options;
  const watching: Array<() => void> = [];
  return {
    async launch() {
      watching.push(
        watchSteps(),
        watchHost({
          knex: database.knex,
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
      for (const [role, refs] of Object.entries(config.approvals.roles)) {
        if (refs.length === 0) {
          logger.warn(
            `Nobody holds the approval role '${role}'; set agentic.approvals.roles.${role}`,
          );
        }
      }
      if (!database.isShared) {
        // Only one process works on such a database: whoever held a lease is dead.
        await database
          .knex('tasks')
          .update({ lease_owner: null, lease_until: null });
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
