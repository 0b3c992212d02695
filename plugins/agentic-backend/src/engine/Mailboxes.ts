import type { LoggerService } from '@backstage/backend-plugin-api';
import { DBOS, Error as DbosErrors } from '@dbos-inc/dbos-sdk';
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor';
import type { WorkflowRun } from '../runtime/WorkflowEngine';
import { readAllMail, runsWithMail } from './dbosTables';
import { MAIL_TOPIC } from './drivenPrograms';
import type { OpenEngineDatabase } from './EngineDatabase';
import { workflowRunId } from './runIds';

const KEY_END = `::${MAIL_TOPIC}`;

/**
 * Mail to runs: a mail says no more than "look". Besides sending, it wakes the sleeping runs of
 * this process whose mail arrived without a notification, with one query for all of them every
 * `mailCheckMs`. Where LISTEN does not work that is how mail arrives; elsewhere it covers the
 * moment in which the listening connection was down.
 */
export class Mailboxes {
  #timer?: NodeJS.Timeout;
  #checking: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly database: OpenEngineDatabase,
    private readonly logger: LoggerService,
  ) {}

  /** Sends one mail; that nobody has this id is no error. */
  async send(runId: string): Promise<void> {
    try {
      await DBOS.send(runId, 'look', MAIL_TOPIC);
      this.#wake(runId);
    } catch (error) {
      if (!(error instanceof DbosErrors.DBOSNonExistentWorkflowError)) {
        throw error;
      }
    }
  }

  /** The ids of those tasks of the run that have not ended. */
  async runningTasks(run: WorkflowRun): Promise<string[]> {
    const tasks = await DBOS.listWorkflows({
      parentWorkflowID: workflowRunId(run),
      status: ['PENDING', 'ENQUEUED', 'DELAYED'],
      loadInput: false,
      loadOutput: false,
    });
    return tasks.map(task => task.workflowID);
  }

  async sendToTasks(run: WorkflowRun): Promise<void> {
    const tasks = await this.runningTasks(run);
    await Promise.all(tasks.map(id => this.send(id)));
  }

  /** Marks all waiting mail as read, as long as the run belongs to `ownerToken`. */
  async readAll(runId: string, ownerToken: string): Promise<void> {
    const { pool, schema } = this.database;
    await readAllMail(pool, schema, runId, ownerToken);
  }

  /** Begins to look for mail that no notification announced. */
  startChecking(): void {
    this.#timer = setTimeout(() => {
      this.#checking = this.#check();
    }, this.database.mailCheckMs);
    this.#timer.unref();
  }

  async stopChecking(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#checking;
  }

  #wake(runId: string): void {
    sleepers()?.callCallbacks(`${runId}${KEY_END}`);
  }

  async #check(): Promise<void> {
    try {
      const sleeping = [...(sleepers()?.map.keys() ?? [])]
        .filter(key => key.endsWith(KEY_END))
        .map(key => key.slice(0, -KEY_END.length));
      if (sleeping.length > 0) {
        const { pool, schema } = this.database;
        const runs = await runsWithMail(pool, schema, sleeping);
        runs.forEach(runId => this.#wake(runId));
      }
    } catch (error) {
      this.logger.warn(`Could not look for unannounced mail: ${error}`);
    }
    if (!this.#stopped) {
      this.startChecking();
    }
  }
}

/** The runs of this process that wait for mail, as DBOS keeps them. */
function sleepers() {
  return DBOSExecutor.globalInstance?.systemDatabase.notificationsMap;
}
