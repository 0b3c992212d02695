import { AsyncResource } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { DBOS, Error as DbosErrors } from '@dbos-inc/dbos-sdk';
import type { WorkflowStatusString } from '@dbos-inc/dbos-sdk';
import { currentOwnerXid } from '@dbos-inc/dbos-sdk/internal/context';
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor';
import type {
  RunState,
  TaskAdvance,
  TaskRun,
  WorkflowAdvance,
  WorkflowEngine,
  WorkflowProgram,
  WorkflowRun,
} from '../runtime/WorkflowEngine';
import { readAllMail } from './dbosTables';
import {
  claimProcess,
  MAIL_TOPIC,
  releaseProcess,
  WORKFLOW_FUNCTION,
  workflowFunction,
  type ProgramDriver,
} from './drivenPrograms';
import type { EngineDatabase, OpenEngineDatabase } from './EngineDatabase';
import { engineLogger } from './engineLogger';
import { MailCheck } from './MailCheck';
import { retryPauseMs, retryUntilAnswered } from './retryUntilAnswered';
import { parseWorkflowRunId, taskRunId, workflowRunId } from './runIds';
import { Slots } from './Slots';
import { within } from './within';

const NOT_ENDED: WorkflowStatusString[] = ['PENDING', 'ENQUEUED', 'DELAYED'];
const ENDED: WorkflowStatusString[] = [
  'SUCCESS',
  'ERROR',
  'CANCELLED',
  'MAX_RECOVERY_ATTEMPTS_EXCEEDED',
];
const DELETE_BATCH = 200;

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

/**
 * Durable workflows on DBOS: a run is a DBOS workflow that looks, starts its tasks as child
 * workflows, and sleeps on its mailbox. One engine at a time in a process, because DBOS is one per
 * process; after `shutdown` the next may be launched.
 */
export class DbosWorkflowEngine implements WorkflowEngine, ProgramDriver {
  readonly #logger: LoggerService;
  readonly #database: EngineDatabase;
  readonly #graceMs: number;
  readonly #workflowSlots: Slots;
  readonly #taskSlots: Slots;
  readonly #executorId = randomUUID();
  // What happens in it is outside of any DBOS workflow, even when a program calls the engine.
  readonly #outside = new AsyncResource('DbosWorkflowEngine');
  readonly #stop = new AbortController();
  readonly #strays = new Map<string, number>();
  #running = 0;
  #program?: WorkflowProgram;
  #open?: OpenEngineDatabase;
  #mailCheck?: MailCheck;

  constructor(options: DbosEngineOptions & { database: EngineDatabase }) {
    this.#logger = options.logger;
    this.#database = options.database;
    this.#graceMs = options.shutdownGraceMs ?? 5000;
    this.#workflowSlots = new Slots(options.concurrentWorkflowSteps ?? 16);
    this.#taskSlots = new Slots(options.concurrentTaskSteps ?? 64);
  }

  async launch(program: WorkflowProgram): Promise<void> {
    if (!claimProcess(this)) {
      throw new ConflictError(
        'Another workflow engine runs in this process: shut it down before launching this one',
      );
    }
    this.#program = program;
    try {
      await this.#launchOnDatabase();
    } catch (error) {
      if (!(await this.#database.recoverFromFailedLaunch(error))) {
        releaseProcess(this);
        throw error;
      }
      await this.#launchOnDatabase().catch(secondError => {
        releaseProcess(this);
        throw secondError;
      });
    }
  }

  async #launchOnDatabase(): Promise<void> {
    const open = await this.#database.open(this.#executorId);
    this.#open = open;
    try {
      DBOS.setConfig({
        name: 'agentic',
        systemDatabasePool: open.pool,
        systemDatabaseSchemaName: open.schema,
        systemDatabaseIdleTransactionTimeoutMs: 5000,
        // DBOS only prints this one: with a pool of ours it never connects by it.
        systemDatabaseUrl: 'postgresql://engine@localhost/engine',
        applicationVersion: 'agentic-1',
        executorID: this.#executorId,
        enableOTLP: false,
        tracingEnabled: false,
        logger: engineLogger(this.#logger, () => this.#stop.signal.aborted),
      });
      await open.launching(() => DBOS.launch());
      this.#mailCheck = new MailCheck(open, this.#logger);
      this.#mailCheck.start();
      await open.watchExecutors(async deadIds => {
        this.#logger.info(`Taking over from executors ${deadIds.join(', ')}`);
        await DBOSExecutor.globalInstance?.recoverPendingWorkflows(deadIds);
      });
    } catch (error) {
      await this.#closeDbos();
      await open.close();
      this.#open = undefined;
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
    await this.#outsideWorkflows(async () => {
      await this.#send(workflowRunId(run));
      await this.#sendToTasks(run);
    });
  }

  async stateOf(run: WorkflowRun): Promise<RunState> {
    return this.#outsideWorkflows(async () => {
      const status = await DBOS.getWorkflowStatus(workflowRunId(run));
      if (!status) {
        return 'absent';
      }
      return NOT_ENDED.some(s => s === status.status) ? 'running' : 'ended';
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
    await this.#outsideWorkflows(async () => {
      const id = workflowRunId(run);
      // Found before they are cancelled: the mail makes sleeping ones notice at once.
      const tasks = await this.#runningTasks(run);
      await DBOS.cancelWorkflow(id, { cancelChildren: true });
      await Promise.all([id, ...tasks].map(each => this.#send(each)));
    });
  }

  async deleteEndedBefore(time: Date): Promise<number> {
    return this.#outsideWorkflows(async () => {
      let count = 0;
      for (;;) {
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
        await DBOS.deleteWorkflows(
          old.map(({ workflowID }) => workflowID),
          true,
        );
        count += old.length;
      }
    });
  }

  async checkHealth(): Promise<void> {
    await this.#requireOpen().checkHealth();
  }

  async shutdown(): Promise<void> {
    const open = this.#open;
    if (!open || this.#stop.signal.aborted) {
      return;
    }
    // New steps are refused from here on; a step that has begun may still store what it did.
    this.#stop.abort(new Error('The workflow engine is shutting down'));
    await this.#mailCheck?.stop();
    const deadline = Date.now() + this.#graceMs;
    while (this.#running > 0 && Date.now() < deadline) {
      await sleep(20);
    }
    // The result of a finished step is written just after it; give that a turn.
    await sleep(50);
    await this.#closeDbos();
    await open.close();
    releaseProcess(this);
  }

  async advanceWorkflow(run: WorkflowRun): Promise<WorkflowAdvance> {
    return this.#advance(workflowRunId(run), this.#workflowSlots, () =>
      this.#requireProgram().advanceWorkflow(run),
    );
  }

  async advanceTask(run: TaskRun): Promise<TaskAdvance> {
    return this.#advance(taskRunId(run), this.#taskSlots, () =>
      this.#requireProgram().advanceTask(run),
    );
  }

  async wakeTasks(run: WorkflowRun): Promise<void> {
    await this.#advance(workflowRunId(run), this.#workflowSlots, () =>
      this.#sendToTasks(run),
    );
  }

  onStrayError(runId: string, error: unknown): void {
    if (this.#stop.signal.aborted) {
      return;
    }
    const count = (this.#strays.get(runId) ?? 0) + 1;
    this.#strays.set(runId, count);
    const pause = retryPauseMs(count + 3);
    this.#logger.error(
      `Run ${runId} was interrupted ${count} time(s), it goes on in ${pause} ms: ${error}`,
    );
    this.#outside.runInAsyncScope(() => {
      const timer = setTimeout(() => {
        this.#putBack(runId).catch(e =>
          this.#logger.error(`Could not put run ${runId} back: ${e}`),
        );
      }, pause);
      timer.unref();
    });
  }

  async #putBack(runId: string): Promise<void> {
    if (this.#stop.signal.aborted) {
      return;
    }
    const status = await DBOS.getWorkflowStatus(runId);
    if (status?.status === 'PENDING' && status.executorId === this.#executorId) {
      await DBOS.resumeWorkflow(runId);
    }
  }

  async #advance<T>(
    runId: string,
    slots: Slots,
    attempt: () => Promise<T>,
  ): Promise<T> {
    const ownerToken = currentOwnerXid(runId);
    try {
      const { pool, schema } = this.#requireOpen();
      return await retryUntilAnswered({
        name: `Advancing ${runId}`,
        logger: this.#logger,
        stop: this.#stop.signal,
        attempt: () =>
          slots.run(() =>
            this.#counted(async () => {
              if (ownerToken) {
                await readAllMail(pool, schema, runId, ownerToken);
              }
              return this.#outside.runInAsyncScope(attempt);
            }),
          ),
      });
    } catch (error) {
      // Only a stop gets here. An error DBOS would store as the step's answer; a lost run it leaves
      // as it is, and the next launch repeats the step.
      this.#logger.debug(`Run ${runId} stops here: ${error}`);
      throw new DbosErrors.DBOSWorkflowConflictError(runId);
    }
  }

  async #counted<T>(work: () => Promise<T>): Promise<T> {
    this.#stop.signal.throwIfAborted();
    this.#running++;
    try {
      return await work();
    } finally {
      this.#running--;
    }
  }

  async #sendToTasks(run: WorkflowRun): Promise<void> {
    const tasks = await this.#runningTasks(run);
    await Promise.all(tasks.map(id => this.#send(id)));
  }

  async #runningTasks(run: WorkflowRun): Promise<string[]> {
    const tasks = await DBOS.listWorkflows({
      parentWorkflowID: workflowRunId(run),
      status: NOT_ENDED,
      loadInput: false,
      loadOutput: false,
    });
    return tasks.map(task => task.workflowID);
  }

  async #send(runId: string): Promise<void> {
    try {
      await DBOS.send(runId, 'look', MAIL_TOPIC);
      this.#mailCheck?.wake(runId);
    } catch (error) {
      if (!(error instanceof DbosErrors.DBOSNonExistentWorkflowError)) {
        throw error;
      }
    }
  }

  async #closeDbos(): Promise<void> {
    const mailboxes =
      DBOSExecutor.globalInstance?.systemDatabase.notificationsMap;
    await within(5000, 'Stopping DBOS', DBOS.shutdown()).catch(error =>
      this.#logger.warn(`${error}`),
    );
    // Sleepers wake, find the engine stopped and end, instead of holding the process for a minute.
    for (const key of [...(mailboxes?.map.keys() ?? [])]) {
      mailboxes?.callCallbacks(key);
    }
  }

  async #outsideWorkflows<T>(work: () => Promise<T>): Promise<T> {
    this.#requireOpen();
    return this.#outside.runInAsyncScope(work);
  }

  #requireProgram(): WorkflowProgram {
    if (!this.#program) {
      throw new ServiceUnavailableError(
        'The workflow engine is not running: launch it first',
      );
    }
    return this.#program;
  }

  #requireOpen(): OpenEngineDatabase {
    if (!this.#open || this.#stop.signal.aborted) {
      throw new ServiceUnavailableError(
        'The workflow engine is not running: launch it first',
      );
    }
    return this.#open;
  }
}
