import {
  GENESIS,
  RECORD_FORMAT,
  RECORD_VERSION,
  type ChangeEntry,
  type ChangeRecord,
  type RecordHead,
} from './ChangeRecord';
import { hashOfEntry } from './hashOfEntry';
import { sealPayload } from './sealPayload';

/** What a caller says about a new entry; the chain adds the rest. */
export type NewEntry = Pick<
  ChangeEntry,
  'kind' | 'actor' | 'subject' | 'at'
> & { readonly payload: unknown; readonly salt?: string };

/** A chain without entries. */
export function emptyRecord(chain: string): ChangeRecord {
  return {
    format: RECORD_FORMAT,
    version: RECORD_VERSION,
    chain,
    entries: [],
    payloads: {},
    head: { seq: 0, hash: GENESIS },
  };
}

/** The entry that follows a head: for stores that keep entries one by one. */
export function chainEntry(
  chain: string,
  head: RecordHead,
  entry: Pick<
    ChangeEntry,
    'kind' | 'actor' | 'subject' | 'at' | 'payloadDigest'
  >,
): ChangeEntry {
  const { kind, actor, subject, at, payloadDigest } = entry;
  const linked = {
    seq: head.seq + 1,
    kind,
    actor,
    subject,
    at,
    payloadDigest,
    previous: head.hash,
  };
  return { ...linked, hash: hashOfEntry(chain, linked) };
}

/** The record with one more entry; the record given stays as it is. */
export function appendEntry(
  record: ChangeRecord,
  { payload: value, salt, ...said }: NewEntry,
): ChangeRecord {
  const { payload, payloadDigest } = sealPayload(value, salt);
  const entry = chainEntry(record.chain, record.head, {
    ...said,
    payloadDigest,
  });
  return {
    ...record,
    entries: [...record.entries, entry],
    payloads: { ...record.payloads, [entry.seq]: payload },
    head: { seq: entry.seq, hash: entry.hash },
  };
}
