import {
  SYSTEM_CHAIN,
  type SweepClass,
} from '@agentic-backstage/plugin-agentic-common';
import type {
  AgenticRecords,
  SweepContext,
  SweepTask,
} from '@agentic-backstage/plugin-agentic-node';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { appendToRecord } from '../changeRecord/ChangeRecord';
import { findSweepable, type Found } from './findSweepable';
import { readLiving, whyKept } from './Living';
import type { SweeperConfig } from './sweeperConfig';
import type { FoundItem, PendingItem, SweepStore } from './SweepStore';

const DAY_MS = 24 * 3_600_000;
const LEASE_MS = 2 * 60_000;
/** One thing may take this long to find or to remove. */
const TASK_MS = 5 * 60_000;
/** What needs an owner: taking it from somebody would be felt outside the portal's database. */
const OWNED: readonly SweepClass[] = ['repositories', 'databases', 'processes'];

/** Looks what could go, and takes away what a sweep was begun for, one thing after the other. */
export class SweepWork {
  readonly #store: SweepStore;
  readonly #records: AgenticRecords;
  readonly #tasks: () => readonly SweepTask[];
  readonly #config: SweeperConfig;
  readonly #logger: LoggerService;
  readonly #atWork = new Set<Promise<void>>();
  readonly #stop = new AbortController();

  constructor(options: {
    store: SweepStore;
    records: AgenticRecords;
    tasks: () => readonly SweepTask[];
    config: SweeperConfig;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#records = options.records;
    this.#tasks = options.tasks;
    this.#config = options.config;
    this.#logger = options.logger;
  }

  /** What could go, of these classes or of all. Removes nothing. */
  async find(classes?: readonly SweepClass[]): Promise<Found> {
    const context = this.#context();
    return findSweepable({
      tasks: this.#tasks().filter(
        task => !classes || classes.includes(task.class),
      ),
      context,
      living: await readLiving(this.#store.knex, context.olderThan),
      owned: OWNED,
    });
  }

  /** Begins to carry out a sweep that is on record, unless another process has it. */
  start(sweepId: string): void {
    const work = this.#carryOut(sweepId)
      .catch(error =>
        this.#logger.error(`Sweep ${sweepId} was interrupted`, {
          error: String(error),
        }),
      )
      .finally(() => this.#atWork.delete(work));
    this.#atWork.add(work);
  }

  /** Waits until nothing is being removed by this process. */
  async idle(): Promise<void> {
    await Promise.all(this.#atWork);
  }

  /** Finishes the thing at hand and stops; the rest goes on after the next start. */
  async shutdown(): Promise<void> {
    this.#stop.abort();
    await this.idle();
  }

  async #carryOut(sweepId: string): Promise<void> {
    const leaseEnd = () => new Date(Date.now() + LEASE_MS + TASK_MS);
    if (!(await this.#store.lease(sweepId, leaseEnd()))) return;
    for (const pending of await this.#store.pending(sweepId)) {
      if (this.#stop.signal.aborted) {
        await this.#store.renew(sweepId, new Date(0));
        return;
      }
      await this.#store.renew(sweepId, leaseEnd());
      await this.#removeOne(sweepId, pending);
    }
    const [run] = await this.#store.latest(1, sweepId);
    await this.#store.knex.transaction(async trx => {
      await this.#store.finish(trx, sweepId);
      const count = (outcome: string): number =>
        run.items.filter(item => item.outcome === outcome).length;
      await appendToRecord(trx, {
        chain: SYSTEM_CHAIN,
        kind: 'sweep.done',
        actor: run.startedBy,
        subject: `sweep:${sweepId}`,
        payload: {
          removed: count('removed'),
          kept: count('kept'),
          failed: count('failed'),
        },
      });
    });
  }

  async #removeOne(sweepId: string, pending: PendingItem): Promise<void> {
    const { position, item } = pending;
    const { outcome, evidence } = await this.#remove(item);
    await this.#store.knex.transaction(async trx => {
      await this.#store.settle(trx, sweepId, position, outcome, evidence);
      await appendToRecord(trx, {
        chain: SYSTEM_CHAIN,
        kind: 'sweep.settled',
        actor: 'system',
        subject: `sweep:${sweepId}`,
        payload: { ...item, outcome, evidence },
      });
    });
  }

  async #remove(
    item: FoundItem,
  ): Promise<{ outcome: 'removed' | 'kept' | 'failed'; evidence: string }> {
    const task = this.#tasks().find(({ id }) => id === item.task);
    if (!task) {
      const evidence = `The sweep task '${item.task}' is not registered any more`;
      return { outcome: 'failed', evidence };
    }
    try {
      const context = this.#context();
      const living = await readLiving(this.#store.knex, context.olderThan);
      const why = whyKept(item, living, {
        ownerNeeded: OWNED.includes(item.class),
      });
      if (why) return { outcome: 'kept', evidence: why };
      const seen = await task.remove(item, context);
      return {
        outcome: seen.state === 'absent' ? 'removed' : 'failed',
        evidence: seen.evidence,
      };
    } catch (error) {
      const evidence = error instanceof Error ? error.message : String(error);
      return { outcome: 'failed', evidence };
    }
  }

  #context(): SweepContext {
    const now = new Date();
    const { graceDays, archiveDays } = this.#config;
    return {
      now,
      olderThan: new Date(now.getTime() - graceDays * DAY_MS),
      archivedBefore: new Date(now.getTime() - archiveDays * DAY_MS),
      records: this.#records,
      signal: AbortSignal.any([
        this.#stop.signal,
        AbortSignal.timeout(TASK_MS),
      ]),
    };
  }
}
