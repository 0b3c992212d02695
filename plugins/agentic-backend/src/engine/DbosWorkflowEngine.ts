import { AsyncResource } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { DBOS, type WorkflowStatusString } from '@dbos-inc/dbos-sdk';
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor';
import type {
  RunState,
  WorkflowEngine,
  WorkflowProgram,
  WorkflowRun,
} from '../runtime/WorkflowEngine';
import {
  claimProcess,
  driveWith,
  releaseProcess,
  WORKFLOW_FUNCTION,
  workflowFunction,
} from './drivenPrograms';
import type { EngineDatabase, OpenEngineDatabase } from './EngineDatabase';
import { engineLogger } from './engineLogger';
import { Mailboxes } from './Mailboxes';
import { ProgramSteps } from './ProgramSteps';
import { parseWorkflowRunId, workflowRunId } from './runIds';
import { within } from './within';

const NOT_ENDED: WorkflowStatusString[] = ['PENDING', 'ENQUEUED', 'DELAYED'];
const ENDED: WorkflowStatusString[] = [
  'SUCCESS',
  'ERROR',
  'CANCELLED',
  'MAX_RECOVERY_ATTEMPTS_EXCEEDED',
];
const DELETE_BATCH = 200;
const COUNT_BATCH = 1000;

/** How an engine on DBOS is set up, whatever database it stands on. */
export interface DbosEngineOptions {
  readonly logger: LoggerService;
  /** Advances of workflows that may run at a time in this process. Default 16. */
  readonly concurrentWorkflowSteps?: number;
  /** Advances of tasks that may run at a time in this process. Default 64. */
  readonly concurrentTaskSteps?: number;
  /** How long `shutdown` waits for running advances. Default 5 s. */
  readonly shutdownGraceMs?: number;
}

interface Launched {
  readonly database: OpenEngineDatabase;
  readonly mailboxes: Mailboxes;
  readonly steps: ProgramSteps;
}

/**
 * Durable workflows on DBOS: a run is a DBOS workflow that looks, starts its tasks as child
 * workflows, and sleeps on its mailbox. One engine at a time in a process, because DBOS is one per
 * process; after `shutdown` the next may be launched.
 */
export class DbosWorkflowEngine implements WorkflowEngine {
  readonly #options: DbosEngineOptions & { readonly database: EngineDatabase };
  readonly #logger: LoggerService;
  readonly #executorId = randomUUID();
  // Programs may call the engine from inside a step; in here they are outside of it.
  readonly #outside = new AsyncResource('DbosWorkflowEngine');
  readonly #stop = new AbortController();
  #launched?: Launched;

  constructor(
    options: DbosEngineOptions & { readonly database: EngineDatabase },
  ) {
    this.#options = options;
    this.#logger = options.logger;
  }

  async launch(program: WorkflowProgram): Promise<void> {
    if (!claimProcess(this)) {
      throw new ConflictError(
        'Another workflow engine runs in this process: shut it down before launching this one',
      );
    }
    try {
      await this.#launchOrRecover(program);
    } catch (error) {
      releaseProcess(this);
      throw error;
    }
  }

  async startRun(run: WorkflowRun): Promise<void> {
    await this.#outsideWorkflows(async () => {
      const workflowID = workflowRunId(run);
      await DBOS.startWorkflow(workflowFunction, { workflowID })(run);
    });
  }

  async signal(run: WorkflowRun): Promise<void> {
    await this.#outsideWorkflows(async ({ mailboxes }) => {
      await mailboxes.send(workflowRunId(run));
      await mailboxes.sendToTasks(run);
    });
  }

  async stateOf(run: WorkflowRun): Promise<RunState> {
    return this.#outsideWorkflows(async () => {
      const found = await DBOS.getWorkflowStatus(workflowRunId(run));
      if (!found) {
        return 'absent';
      }
      return NOT_ENDED.some(s => s === found.status) ? 'running' : 'ended';
    });
  }

  async listRunning(): Promise<WorkflowRun[]> {
    return this.#outsideWorkflows(async () => {
      const found = await DBOS.listWorkflows({
        workflowName: WORKFLOW_FUNCTION,
        status: NOT_ENDED,
        loadInput: false,
        loadOutput: false,
      });
      return found.flatMap(
        ({ workflowID }) => parseWorkflowRunId(workflowID) ?? [],
      );
    });
  }

  async endRun(run: WorkflowRun): Promise<void> {
    await this.#outsideWorkflows(async ({ mailboxes }) => {
      const id = workflowRunId(run);
      // Found before they are cancelled: the mail makes sleeping ones notice at once.
      const tasks = await mailboxes.runningTasks(run);
      await DBOS.cancelWorkflow(id, { cancelChildren: true });
      await Promise.all([id, ...tasks].map(each => mailboxes.send(each)));
    });
  }

  async countEndedBefore(time: Date): Promise<number> {
    return this.#outsideWorkflows(async () => {
      for (let count = 0; ; ) {
        const page = await DBOS.listWorkflows({
          workflowName: WORKFLOW_FUNCTION,
          status: ENDED,
          completedBefore: time.toISOString(),
          limit: COUNT_BATCH,
          offset: count,
          loadInput: false,
          loadOutput: false,
        });
        count += page.length;
        if (page.length < COUNT_BATCH) {
          return count;
        }
      }
    });
  }

  async deleteEndedBefore(time: Date): Promise<number> {
    return this.#outsideWorkflows(async () => {
      for (let count = 0; ; ) {
        const old = await DBOS.listWorkflows({
          workflowName: WORKFLOW_FUNCTION,
          status: ENDED,
          completedBefore: time.toISOString(),
          limit: DELETE_BATCH,
          loadInput: false,
          loadOutput: false,
        });
        if (old.length === 0) {
          return count;
        }
        const ids = old.map(({ workflowID }) => workflowID);
        await DBOS.deleteWorkflows(ids, true);
        count += ids.length;
      }
    });
  }

  async checkHealth(): Promise<void> {
    await this.#requireLaunched().database.checkHealth();
  }

  async shutdown(): Promise<void> {
    const launched = this.#launched;
    if (!launched || this.#stop.signal.aborted) {
      return;
    }
    // New steps are refused from here on; a step that has begun may still store what it did.
    this.#stop.abort(new Error('The workflow engine is shutting down'));
    await launched.mailboxes.stopChecking();
    await launched.steps.settle(this.#options.shutdownGraceMs ?? 5000);
    await this.#closeDbos();
    await launched.database.close();
    releaseProcess(this);
  }

  async #launchOrRecover(program: WorkflowProgram): Promise<void> {
    try {
      await this.#launchOnDatabase(program);
    } catch (error) {
      if (!(await this.#options.database.recoverFromFailedLaunch(error))) {
        throw error;
      }
      await this.#launchOnDatabase(program);
    }
  }

  async #launchOnDatabase(program: WorkflowProgram): Promise<void> {
    const { concurrentWorkflowSteps = 16, concurrentTaskSteps = 64 } =
      this.#options;
    const database = await this.#options.database.open(this.#executorId);
    const mailboxes = new Mailboxes(database, this.#logger);
    const steps = new ProgramSteps({
      program,
      mailboxes,
      executorId: this.#executorId,
      logger: this.#logger,
      stop: this.#stop.signal,
      outside: this.#outside,
      concurrentWorkflowSteps,
      concurrentTaskSteps,
    });
    driveWith(steps);
    try {
      DBOS.setConfig({
        name: 'agentic',
        systemDatabasePool: database.pool,
        systemDatabaseSchemaName: database.schema,
        systemDatabaseIdleTransactionTimeoutMs: 5000,
        // DBOS only prints this one: with a pool of ours it never connects by it.
        systemDatabaseUrl: 'postgresql://engine@localhost/engine',
        applicationVersion: 'agentic-1',
        executorID: this.#executorId,
        enableOTLP: false,
        tracingEnabled: false,
        logger: engineLogger(this.#logger, () => this.#stop.signal.aborted),
      });
      // Set before the launch: runs of ours may go on the moment DBOS is up, and call the engine.
      this.#launched = { database, mailboxes, steps };
      await database.launching(() => DBOS.launch());
      mailboxes.startChecking();
      await database.watchExecutors(async deadIds => {
        this.#logger.info(`Taking over from executors ${deadIds.join(', ')}`);
        await DBOSExecutor.globalInstance?.recoverPendingWorkflows(deadIds);
      });
    } catch (error) {
      this.#launched = undefined;
      await mailboxes.stopChecking();
      await this.#closeDbos();
      await database.close();
      throw error;
    }
  }

  async #closeDbos(): Promise<void> {
    const sleepers =
      DBOSExecutor.globalInstance?.systemDatabase.notificationsMap;
    await within(5000, 'Stopping DBOS', DBOS.shutdown()).catch(error =>
      this.#logger.warn(`${error}`),
    );
    // Sleepers wake, find the engine stopped and end, instead of holding the process for a minute.
    for (const key of [...(sleepers?.map.keys() ?? [])]) {
      sleepers?.callCallbacks(key);
    }
  }

  async #outsideWorkflows<T>(
    work: (launched: Launched) => Promise<T>,
  ): Promise<T> {
    const launched = this.#requireLaunched();
    return this.#outside.runInAsyncScope(() => work(launched));
  }

  #requireLaunched(): Launched {
    if (!this.#launched || this.#stop.signal.aborted) {
      throw new ServiceUnavailableError(
        'The workflow engine is not running: launch it first',
      );
    }
    return this.#launched;
  }
}
