import {
  SYSTEM_CHAIN,
  type SweepClass,
  type SweepReport,
  type SweepRun,
} from '@agentic-backstage/plugin-agentic-common';
import type {
  AgenticRecords,
  SweepContext,
  SweepTask,
} from '@agentic-backstage/plugin-agentic-node';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import { randomBytes } from 'node:crypto';
import { appendToRecord } from '../changeRecord/ChangeRecord';
import { digestOf } from '../runtime/canonicalJson';
import { findSweepable, type Found } from './findSweepable';
import { readLiving, whyKept } from './Living';
import { readStuckEffects } from './stuckEffects';
import type { SweeperConfig } from './sweeperConfig';
import { SweepStore, type FoundItem, type PendingItem } from './SweepStore';

const DAY_MS = 24 * 3_600_000;
const REPORT_VALID_MS = 30 * 60_000;
const LEASE_MS = 2 * 60_000;
/** One thing may take this long to find or to remove. */
const TASK_MS = 5 * 60_000;
/** What needs an owner: taking it from somebody would be felt outside the portal's database. */
const OWNED: readonly SweepClass[] = ['repositories', 'databases', 'processes'];

/**
 * Cleans up in two steps: a dry run says exactly what would go and why, and a run does exactly that
 * report. What belongs to anything living stays, also when it came to life in between. A run that
 * was interrupted goes on where it was.
 */
export class Sweeper {
  readonly #store: SweepStore;
  readonly #records: AgenticRecords;
  readonly #tasks: () => readonly SweepTask[];
  readonly #config: SweeperConfig;
  readonly #logger: LoggerService;
  readonly #atWork = new Set<Promise<void>>();
  readonly #stop = new AbortController();

  constructor(options: {
    knex: Knex;
    records: AgenticRecords;
    /** Asked at every look, because modules register theirs while the portal starts. */
    tasks: () => readonly SweepTask[];
    config: SweeperConfig;
    logger: LoggerService;
  }) {
    this.#store = new SweepStore(options.knex);
    this.#records = options.records;
    this.#tasks = options.tasks;
    this.#config = options.config;
    this.#logger = options.logger;
  }

  /** Looks what could go and puts the report on record. Removes nothing. */
  async dryRun(by: string): Promise<SweepReport> {
    const found = await this.#find();
    return this.#report(found, by);
  }

  /**
   * Does exactly the report with this digest. Throws `ConflictError` when it is too old or when what
   * would go has changed since. Answers at once; {@link Sweeper.latest} tells how far it is.
   */
  async run(options: {
    reportDigest: string;
    by: string;
    reason: string;
  }): Promise<SweepRun> {
    const { reportDigest, by, reason } = options;
    const validUntil = await this.#store.validUntil(reportDigest);
    if (validUntil === undefined) {
      throw new NotFoundError(
        'There is no report with this digest; make a dry run first',
      );
    }
    if (validUntil < new Date().toISOString()) {
      throw new ConflictError(
        `The report was valid until ${validUntil}; make a dry run again`,
      );
    }
    const { items } = await this.#find();
    if (digestOfItems(items) !== reportDigest) {
      throw new ConflictError(
        'What would go has changed since the report; make a dry run again and read it',
      );
    }
    return this.#begin(items, reportDigest, by, reason);
  }

  /** Sweeps what the portal is configured to sweep by itself, and goes on with what was interrupted. */
  async scheduled(): Promise<void> {
    await this.#store.tidy(new Date());
    await this.resume();
    const { automatic } = this.#config;
    const found = await this.#find(automatic);
    for (const { task, message } of found.failures) {
      this.#logger.warn(`Sweep task '${task}' could not look: ${message}`);
    }
    if (found.items.length === 0) return;
    const { reportDigest } = await this.#report(found, 'system');
    await this.#begin(
      found.items,
      reportDigest,
      'system',
      `Scheduled, ${automatic.join(' and ')} only`,
    ).catch(error => {
      if (error.name !== 'ConflictError') throw error;
      this.#logger.info(
        'Another sweep is under way; the next look comes later',
      );
    });
    await this.idle();
  }

  /** Goes on with sweeps that a process left behind. */
  async resume(): Promise<void> {
    for (const id of await this.#store.abandoned()) {
      this.#start(id);
    }
    await this.idle();
  }

  /** The latest sweeps, newest first. */
  async latest(limit = 20): Promise<SweepRun[]> {
    return this.#store.latest(limit);
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

  async #report(found: Found, by: string): Promise<SweepReport> {
    const now = new Date();
    const report: SweepReport = {
      reportDigest: digestOfItems(found.items),
      createdAt: now.toISOString(),
      createdBy: by,
      validUntil: new Date(now.getTime() + REPORT_VALID_MS).toISOString(),
      items: found.items.map(({ belongsTo: _, ...item }) => item),
      kept: found.kept,
      failures: found.failures,
      stuckEffects: await readStuckEffects(this.#store.knex),
    };
    await this.#store.knex.transaction(async trx => {
      await this.#store.putReport(trx, {
        ...report,
        digest: report.reportDigest,
      });
      await appendToRecord(trx, {
        chain: SYSTEM_CHAIN,
        kind: 'sweep.reported',
        actor: by,
        subject: `sweep-report:${report.reportDigest}`,
        payload: { items: report.items.length, kept: report.kept.length },
      });
    });
    return report;
  }

  async #begin(
    items: readonly FoundItem[],
    digest: string,
    by: string,
    reason: string,
  ): Promise<SweepRun> {
    if (items.length === 0) {
      throw new ConflictError('The report is empty: there is nothing to sweep');
    }
    const id = `sweep-${randomBytes(6).toString('hex')}`;
    await this.#store.knex.transaction(async trx => {
      if (!(await this.#store.begin(trx, { id, digest, by }, items))) {
        throw new ConflictError(
          'Another sweep is under way; wait for it, then make a dry run again',
        );
      }
      await appendToRecord(trx, {
        chain: SYSTEM_CHAIN,
        kind: 'sweep.started',
        actor: by,
        subject: `sweep:${id}`,
        payload: { reportDigest: digest, reason, items: items.length },
      });
    });
    this.#start(id);
    const [run] = await this.#store.latest(1, id);
    return run;
  }

  #start(sweepId: string): void {
    const work = this.#carryOut(sweepId)
      .catch(error =>
        this.#logger.error(`Sweep ${sweepId} was interrupted`, {
          error: String(error),
        }),
      )
      .finally(() => this.#atWork.delete(work));
    this.#atWork.add(work);
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

  async #find(classes?: readonly SweepClass[]): Promise<Found> {
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

function digestOfItems(items: readonly FoundItem[]): string {
  return digestOf(items.map(item => ({ ...item })));
}
