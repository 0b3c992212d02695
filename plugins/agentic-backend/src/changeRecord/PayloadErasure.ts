import { ERASING_KIND } from '@agentic-backstage/change-record';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import { fromJson } from '../database/rows';
import { appendToRecord, lockHead } from './ChangeRecord';
import type { EntryRow, PayloadRow } from './recordTables';

const ERASED_AT_ONCE = 500;

/** Erases payloads, on request or when their time is over. Entries and digests stay, so chains stay intact. */
export class PayloadErasure {
  constructor(private readonly knex: Knex) {}

  /**
   * Erases the payloads of these entries and puts that on record in the same chain. Answers the
   * number of the entry that says so. Throws when one is not there, is erased already, or says what
   * was erased.
   */
  async erase(options: {
    chain: string;
    entries: readonly number[];
    actor: string;
    reason: string;
  }): Promise<{ entry: number; erased: number }> {
    const { chain, actor, reason } = options;
    const seqs = [...new Set(options.entries)].sort((a, b) => a - b);
    return this.knex.transaction(async trx => {
      await lockHead(trx, chain);
      await checkErasable(trx, chain, seqs);
      const said = await appendToRecord(trx, {
        chain,
        kind: ERASING_KIND,
        actor,
        subject: `chain:${chain}`,
        payload: { entries: seqs, reason },
      });
      const kept = await trx<PayloadRow>('record_payloads')
        .where({ chain, seq: said.seq })
        .first();
      // The tombstone repeats the words that are on record, which had their secrets taken out.
      const words = fromJson<{ reason: string }>(kept?.body ?? '{}').reason;
      const erased = JSON.stringify({
        at: said.at,
        reason: words,
        entry: said.seq,
      });
      for (let start = 0; start < seqs.length; start += ERASED_AT_ONCE) {
        await trx<PayloadRow>('record_payloads')
          .where('chain', chain)
          .whereIn('seq', seqs.slice(start, start + ERASED_AT_ONCE))
          .update({ salt: null, body: null, erased });
      }
      return { entry: said.seq, erased: seqs.length };
    });
  }

  /** Erases every payload of entries older than this. Answers how many in how many chains. */
  async eraseOlderThan(
    cutoff: Date,
    actor = 'system',
  ): Promise<{ payloads: number; chains: number }> {
    let payloads = 0;
    const chains = new Set<string>();
    for (;;) {
      const rows: EntryRow[] = await this.knex('record_entries as entry')
        .join('record_payloads as payload', join =>
          join
            .on('payload.chain', 'entry.chain')
            .andOn('payload.seq', 'entry.seq'),
        )
        .whereNull('payload.erased')
        .whereNot('entry.kind', ERASING_KIND)
        .andWhere('entry.at', '<', cutoff.toISOString())
        .orderBy([{ column: 'entry.chain' }, { column: 'entry.seq' }])
        .limit(ERASED_AT_ONCE)
        .select('entry.*');
      if (rows.length === 0) {
        return { payloads, chains: chains.size };
      }
      const [{ chain }] = rows;
      const entries = rows
        .filter(row => row.chain === chain)
        .map(row => row.seq);
      const reason = `retention: older than ${cutoff.toISOString()}`;
      await this.erase({ chain, entries, actor, reason });
      payloads += entries.length;
      chains.add(chain);
    }
  }
}

async function checkErasable(
  trx: Knex.Transaction,
  chain: string,
  seqs: readonly number[],
): Promise<void> {
  const found: Array<Pick<EntryRow, 'seq' | 'kind'> & { erased: unknown }> = [];
  for (let start = 0; start < seqs.length; start += ERASED_AT_ONCE) {
    const rows = await trx('record_entries as entry')
      .join('record_payloads as payload', join =>
        join
          .on('payload.chain', 'entry.chain')
          .andOn('payload.seq', 'entry.seq'),
      )
      .where('entry.chain', chain)
      .whereIn('entry.seq', seqs.slice(start, start + ERASED_AT_ONCE))
      .select('entry.seq', 'entry.kind', 'payload.erased');
    found.push(...rows);
  }
  for (const seq of seqs) {
    const row = found.find(candidate => candidate.seq === seq);
    if (!row) {
      throw new NotFoundError(
        `The record of '${chain}' has no entry ${seq}; look at the audit page for its entries`,
      );
    }
    if (row.erased !== null) {
      throw new ConflictError(
        `The payload of entry ${seq} was erased already; leave it out`,
      );
    }
    if (row.kind === ERASING_KIND) {
      throw new ConflictError(
        `Entry ${seq} says what was erased and has to keep its payload; leave it out`,
      );
    }
  }
}
