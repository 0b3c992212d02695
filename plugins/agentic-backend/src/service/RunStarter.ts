import type { LoggerService } from '@backstage/backend-plugin-api';
import type { WorkflowEngine, WorkflowRun } from '../runtime/WorkflowEngine';

/** Tells the engine of runs. It never throws: the rows are the truth, and the reconciler catches up. */
export class RunStarter {
  readonly #engine: WorkflowEngine;
  readonly #logger: LoggerService;
  #launched = false;

  constructor(options: { engine: WorkflowEngine; logger: LoggerService }) {
    this.#engine = options.engine;
    this.#logger = options.logger;
  }

  /** Called when the engine drives workflows; what was accepted before is started by the reconciler. */
  engineLaunched(): void {
    this.#launched = true;
  }

  /** Starts a run; when the engine cannot be reached now, the reconciler does so later. */
  async start({ workflowId, generation }: WorkflowRun): Promise<void> {
    if (!this.#launched) {
      return;
    }
    try {
      await this.#engine.startRun({ workflowId, generation });
    } catch (error) {
      this.#logger.warn(
        `The engine did not start ${workflowId}; the reconciler will`,
        {
          error: String(error),
        },
      );
    }
  }

  /** Wakes a run to look at the database again. */
  async signal({ workflowId, generation }: WorkflowRun): Promise<void> {
    if (!this.#launched) {
      return;
    }
    try {
      await this.#engine.signal({ workflowId, generation });
    } catch (error) {
      this.#logger.warn(
        `The engine did not take the signal for ${workflowId}`,
        {
          error: String(error),
        },
      );
    }
  }
}
