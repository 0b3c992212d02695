import {
  GENESIS,
  RECORD_FORMAT,
  RECORD_VERSION,
  type ChangeEntry,
  type ChangeRecord,
  type Payload,
} from '@agentic-backstage/change-record';
import type { Knex } from 'knex';
import { fromJson } from '../database/rows';
import type { EntryRow, HeadRow, PayloadRow } from './recordTables';

/** An entry as the chain knows it. */
export function toEntry(row: EntryRow): ChangeEntry {
  return {
    seq: row.seq,
    kind: row.kind,
    actor: row.actor,
    subject: row.subject,
    at: row.at,
    payloadDigest: row.payload_digest,
    previous: row.previous,
    hash: row.hash,
  };
}

/** A payload as it is kept, or its tombstone. */
export function toPayload(row: PayloadRow): Payload {
  return row.erased === null
    ? { salt: row.salt ?? '', value: fromJson(row.body ?? 'null') }
    : { erased: fromJson(row.erased) };
}

/** The whole record of a chain, as `agentic-verify` reads it; empty for a chain that nothing was appended to. */
export async function loadRecord(
  knex: Knex,
  chain: string,
): Promise<ChangeRecord> {
  // The head is read first: entries appended meanwhile are beyond it and left out.
  const head = await knex<HeadRow>('record_heads')
    .where('chain', chain)
    .first();
  const end = head?.seq ?? 0;
  const entries = await knex<EntryRow>('record_entries')
    .where('chain', chain)
    .andWhere('seq', '<=', end)
    .orderBy('seq');
  const payloads = await knex<PayloadRow>('record_payloads')
    .where('chain', chain)
    .andWhere('seq', '<=', end)
    .orderBy('seq');
  return {
    format: RECORD_FORMAT,
    version: RECORD_VERSION,
    chain,
    entries: entries.map(toEntry),
    payloads: Object.fromEntries(
      payloads.map(row => [String(row.seq), toPayload(row)]),
    ),
    head: { seq: end, hash: head?.hash ?? GENESIS },
  };
}
