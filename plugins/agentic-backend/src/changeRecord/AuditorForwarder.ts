import type { ChangeEntry } from '@agentic-backstage/change-record';
import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { AgenticDatabase } from '../database/AgenticDatabase';
import { toEntry } from './loadRecord';
import type { EntryRow, HeadRow } from './recordTables';
import { severityOf } from './severityOf';

const POLL_MS = 2000;
const CHAINS_AT_ONCE = 20;
const ENTRIES_AT_ONCE = 100;

/** Kinds that say that something was not done. */
const NOT_DONE = /(refused|failed|unknown|broken)$/;

/**
 * Tells Backstage's auditor of every entry of the change record, in the order of its chain and at
 * least once: how far it has come is kept with the chain's head, so that a crash leaves nothing out.
 * Each event carries the entry's hash; a log kept elsewhere then knows the heads of all chains.
 */
export class AuditorForwarder {
  readonly #database: AgenticDatabase;
  readonly #auditor: AuditorService;
  readonly #logger: LoggerService;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<unknown> | undefined;

  constructor(options: {
    database: AgenticDatabase;
    auditor: AuditorService;
    logger: LoggerService;
  }) {
    this.#database = options.database;
    this.#auditor = options.auditor;
    this.#logger = options.logger;
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), POLL_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  /** Tells what has not been told. Answers how many entries that were. */
  async forward(): Promise<number> {
    let told = 0;
    for (;;) {
      const behind = await this.#database
        .knex<HeadRow>('record_heads')
        .whereRaw('told_seq < seq')
        .limit(CHAINS_AT_ONCE)
        .select('chain');
      let now = 0;
      for (const { chain } of behind) {
        now += await this.#forwardChain(chain);
      }
      told += now;
      if (now === 0) {
        return told;
      }
    }
  }

  #tick(): void {
    this.#running ??= this.forward()
      .catch(error =>
        this.#logger.warn(
          'Telling the auditor failed; trying again',
          error instanceof Error ? error : { error: String(error) },
        ),
      )
      .finally(() => {
        this.#running = undefined;
      });
  }

  async #forwardChain(chain: string): Promise<number> {
    return this.#database.knex.transaction(async trx => {
      const query = trx<HeadRow>('record_heads').where('chain', chain);
      // A head that is being written, or that another replica tells of, is left for the next time.
      const head = await (this.#database.isShared
        ? query.forUpdate().skipLocked()
        : query
      ).first();
      if (!head || head.told_seq >= head.seq) {
        return 0;
      }
      const rows = await trx<EntryRow>('record_entries')
        .where('chain', chain)
        .andWhere('seq', '>', head.told_seq)
        .orderBy('seq')
        .limit(ENTRIES_AT_ONCE);
      for (const row of rows) {
        await this.#tell(chain, toEntry(row));
      }
      await trx<HeadRow>('record_heads')
        .where('chain', chain)
        .update({ told_seq: rows[rows.length - 1].seq });
      return rows.length;
    });
  }

  async #tell(chain: string, entry: ChangeEntry): Promise<void> {
    const { seq, kind, actor, subject, at, hash } = entry;
    const event = await this.#auditor.createEvent({
      eventId: kind.replace(/[._]/g, '-'),
      severityLevel: severityOf(kind),
      meta: { chain, seq, actor, subject, at, hash },
    });
    if (NOT_DONE.test(kind)) {
      await event.fail({ error: new Error(`${kind}: ${subject}`) });
    } else {
      await event.success();
    }
  }
}
