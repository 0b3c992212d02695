import type { AsyncResource } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { DBOS, Error as DbosErrors } from '@dbos-inc/dbos-sdk';
import { currentOwnerXid } from '@dbos-inc/dbos-sdk/internal/context';
import type {
  TaskAdvance,
  TaskRun,
  WorkflowAdvance,
  WorkflowProgram,
  WorkflowRun,
} from '../runtime/WorkflowEngine';
import type { ProgramDriver } from './drivenPrograms';
import type { Mailboxes } from './Mailboxes';
import { retryPauseMs, retryUntilAnswered } from './retryUntilAnswered';
import { taskRunId, workflowRunId } from './runIds';
import { Slots } from './Slots';

/**
 * The steps that runs consist of: each asks the program until it answers. They never fail; after
 * `stop` none begins, and one that is cut off is repeated at the next launch.
 */
export class ProgramSteps implements ProgramDriver {
  readonly #strays = new Map<string, number>();
  readonly #workflowSlots: Slots;
  readonly #taskSlots: Slots;
  #running = 0;

  constructor(
    private readonly options: {
      program: WorkflowProgram;
      mailboxes: Mailboxes;
      executorId: string;
      logger: LoggerService;
      stop: AbortSignal;
      /** What happens in it is outside of any DBOS workflow. */
      outside: AsyncResource;
      concurrentWorkflowSteps: number;
      concurrentTaskSteps: number;
    },
  ) {
    this.#workflowSlots = new Slots(options.concurrentWorkflowSteps);
    this.#taskSlots = new Slots(options.concurrentTaskSteps);
  }

  async advanceWorkflow(run: WorkflowRun): Promise<WorkflowAdvance> {
    const { program } = this.options;
    return this.#step(workflowRunId(run), this.#workflowSlots, () =>
      program.advanceWorkflow(run),
    );
  }

  async advanceTask(run: TaskRun): Promise<TaskAdvance> {
    const { program } = this.options;
    return this.#step(taskRunId(run), this.#taskSlots, () =>
      program.advanceTask(run),
    );
  }

  async wakeTasks(run: WorkflowRun): Promise<void> {
    const { mailboxes } = this.options;
    await this.#step(workflowRunId(run), this.#workflowSlots, () =>
      mailboxes.sendToTasks(run),
    );
  }

  onStrayError(runId: string, error: unknown): void {
    const { logger, outside, stop } = this.options;
    if (stop.aborted) {
      return;
    }
    const count = (this.#strays.get(runId) ?? 0) + 1;
    this.#strays.set(runId, count);
    const pause = retryPauseMs(count + 3);
    logger.error(
      `Run ${runId} was interrupted ${count} time(s), it goes on in ${pause} ms: ${error}`,
    );
    outside.runInAsyncScope(() => {
      const timer = setTimeout(() => {
        this.#putBack(runId).catch(e => this.onStrayError(runId, e));
      }, pause);
      timer.unref();
    });
  }

  /** Waits until no step runs any more, but no longer than `graceMs`. */
  async settle(graceMs: number): Promise<void> {
    const deadline = Date.now() + graceMs;
    while (this.#running > 0 && Date.now() < deadline) {
      await sleep(20);
    }
    // What a step answered is stored just after it has ended; give that a turn.
    await sleep(50);
  }

  async #putBack(runId: string): Promise<void> {
    const { executorId, stop } = this.options;
    if (stop.aborted) {
      return;
    }
    const found = await DBOS.getWorkflowStatus(runId);
    if (found?.status === 'PENDING' && found.executorId === executorId) {
      await DBOS.resumeWorkflow(runId);
    }
  }

  async #step<T>(
    runId: string,
    slots: Slots,
    attempt: () => Promise<T>,
  ): Promise<T> {
    const { logger, mailboxes, outside, stop } = this.options;
    const ownerToken = currentOwnerXid(runId);
    try {
      return await retryUntilAnswered({
        name: `Advancing ${runId}`,
        logger,
        stop,
        attempt: () =>
          slots.run(() =>
            this.#counted(async () => {
              if (ownerToken) {
                await mailboxes.readAll(runId, ownerToken);
              }
              return outside.runInAsyncScope(attempt);
            }),
          ),
      });
    } catch (error) {
      // Only a stop gets here. An error DBOS would store as the step's answer; a lost run it leaves
      // as it is, and the next launch repeats the step.
      logger.debug(`Run ${runId} stops here: ${error}`);
      throw new DbosErrors.DBOSWorkflowConflictError(runId);
    }
  }

  async #counted<T>(work: () => Promise<T>): Promise<T> {
    this.options.stop.throwIfAborted();
    this.#running++;
    try {
      return await work();
    } finally {
      this.#running--;
    }
  }
}
