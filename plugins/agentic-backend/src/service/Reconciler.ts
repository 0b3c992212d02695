import { TERMINAL_PHASES } from '@agentic-backstage/plugin-agentic-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import type { WorkflowStore } from '../database/WorkflowStore';
import type { WorkflowEngine, WorkflowRun } from '../runtime/WorkflowEngine';

/** Changes of the last minutes are looked at again, and all of them at the first reconciliation. */
const RECENT_MS = 2 * 60_000;

/**
 * Makes the engine agree with the database: starts what has a row and no run, and ends what has a
 * run and no row. Runs at launch and every now and then, on any replica.
 */
export class Reconciler {
  readonly #database: AgenticDatabase;
  readonly #store: WorkflowStore;
  readonly #engine: WorkflowEngine;
  readonly #logger: LoggerService;
  #reconciledBefore = false;

  constructor(options: {
    database: AgenticDatabase;
    store: WorkflowStore;
    engine: WorkflowEngine;
    logger: LoggerService;
  }) {
    this.#database = options.database;
    this.#store = options.store;
    this.#engine = options.engine;
    this.#logger = options.logger;
  }

  /** Answers how many runs were started and how many ended. */
  async reconcile(): Promise<{ started: number; ended: number }> {
    const recently = this.#reconciledBefore
      ? new Date(Date.now() - RECENT_MS).toISOString()
      : '';
    this.#reconciledBefore = true;
    let started = 0;
    let ended = 0;
    // Asked once for all: most of what is not at its end waits for people, in a run that is there.
    const running = await this.#engine.listRunning();
    const known = new Set(running.map(keyOf));
    for (const row of await this.#store.unfinished()) {
      const run = { workflowId: row.id, generation: row.generation };
      const state = known.has(keyOf(run))
        ? 'running'
        : await this.#engine.stateOf(run);
      if (state === 'running' && row.updated_at > recently) {
        // A decision may have been written and its wake-up lost; looking once more costs little.
        await this.#engine.signal(run);
      } else if (state === 'absent') {
        await this.#engine.startRun(run);
        started += 1;
      } else if (
        state === 'ended' &&
        (await this.#beginGeneration(row.id, row.generation))
      ) {
        await this.#engine.startRun({ ...run, generation: row.generation + 1 });
        started += 1;
      }
    }
    const phases = await this.#store.phasesOf(
      running.map(({ workflowId }) => workflowId),
    );
    for (const run of running) {
      const phase = phases.get(run.workflowId);
      if (phase === undefined) {
        await this.#engine.endRun(run);
        ended += 1;
      } else if (TERMINAL_PHASES.includes(phase)) {
        await this.#engine.signal(run);
      }
    }
    if (started + ended > 0) {
      this.#logger.info(
        `Reconciled: ${started} run(s) started from the database, ${ended} without a row ended`,
      );
    }
    return { started, ended };
  }

  /** A run that ended while its workflow had not needs a new one; only one replica may begin it. */
  async #beginGeneration(
    workflowId: string,
    generation: number,
  ): Promise<boolean> {
    const changed = await this.#database
      .knex('workflows')
      .where({ id: workflowId, generation })
      .whereNotIn('phase', [...TERMINAL_PHASES])
      .update({ generation: generation + 1 });
    return changed === 1;
  }
}

function keyOf({ workflowId, generation }: WorkflowRun): string {
  return `${workflowId}/${generation}`;
}
