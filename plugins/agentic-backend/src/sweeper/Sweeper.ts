import {
  SYSTEM_CHAIN,
  type SweepReport,
  type SweepRun,
} from '@agentic-backstage/plugin-agentic-common';
import type {
  AgenticRecords,
  SweepTask,
} from '@agentic-backstage/plugin-agentic-node';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import { randomBytes } from 'node:crypto';
import { appendToRecord } from '../changeRecord/ChangeRecord';
import { digestOf } from '../runtime/canonicalJson';
import type { Found } from './findSweepable';
import { readStuckEffects } from './stuckEffects';
import type { SweeperConfig } from './sweeperConfig';
import { SweepStore, type FoundItem } from './SweepStore';
import { SweepWork } from './SweepWork';

const REPORT_VALID_MS = 30 * 60_000;

/**
 * Cleans up in two steps: a dry run says exactly what would go and why, and a run does exactly that
 * report. What belongs to anything living stays, also when it came to life in between. A run that
 * was interrupted goes on where it was.
 */
export class Sweeper {
  readonly #store: SweepStore;
  readonly #work: SweepWork;
  readonly #config: SweeperConfig;
  readonly #logger: LoggerService;

  constructor(options: {
    knex: Knex;
    records: AgenticRecords;
    /** Asked at every look, because modules register theirs while the portal starts. */
    tasks: () => readonly SweepTask[];
    config: SweeperConfig;
    logger: LoggerService;
  }) {
    this.#store = new SweepStore(options.knex);
    this.#work = new SweepWork({ ...options, store: this.#store });
    this.#config = options.config;
    this.#logger = options.logger;
  }

  /** Looks what could go and puts the report on record. Removes nothing. */
  async dryRun(by: string): Promise<SweepReport> {
    const found = await this.#work.find();
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
    const { items } = await this.#work.find();
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
    const found = await this.#work.find(automatic);
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
      this.#work.start(id);
    }
    await this.idle();
  }

  /** The latest sweeps, newest first. */
  async latest(limit = 20): Promise<SweepRun[]> {
    return this.#store.latest(limit);
  }

  /** Waits until nothing is being removed by this process. */
  async idle(): Promise<void> {
    await this.#work.idle();
  }

  /** Finishes the thing at hand and stops; the rest goes on after the next start. */
  async shutdown(): Promise<void> {
    await this.#work.shutdown();
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
    this.#work.start(id);
    const [run] = await this.#store.latest(1, id);
    return run;
  }
}

function digestOfItems(items: readonly FoundItem[]): string {
  return digestOf(items.map(item => ({ ...item })));
}
