import { appendEntry } from './appendEntry';
import { ERASING_KIND, type ChangeRecord, type Payload } from './ChangeRecord';

/**
 * Takes payloads out of a record and puts that on record: their entries and digests stay, a
 * tombstone says when and why, and a new entry lists them. Throws `RangeError` for an entry that is
 * not there, that is erased already, or that is itself the record of an erasing.
 */
export function erasePayloads(
  record: ChangeRecord,
  seqs: readonly number[],
  by: { readonly actor: string; readonly at: string; readonly reason: string },
): ChangeRecord {
  const erased = [...new Set(seqs)].sort((a, b) => a - b);
  for (const seq of erased) {
    const entry = record.entries.find(candidate => candidate.seq === seq);
    const payload = record.payloads[seq];
    if (!entry || !payload || 'erased' in payload) {
      throw new RangeError(
        `Entry ${seq} of '${record.chain}' has no payload to erase; name entries that still have theirs`,
      );
    }
    if (entry.kind === ERASING_KIND) {
      throw new RangeError(
        `Entry ${seq} of '${record.chain}' says what was erased and must keep its payload; leave it out`,
      );
    }
  }
  const longer = appendEntry(record, {
    kind: ERASING_KIND,
    actor: by.actor,
    subject: `chain:${record.chain}`,
    at: by.at,
    payload: { entries: erased, reason: by.reason },
  });
  const tombstone: Payload = {
    erased: { at: by.at, reason: by.reason, entry: longer.head.seq },
  };
  return {
    ...longer,
    payloads: {
      ...longer.payloads,
      ...Object.fromEntries(erased.map(seq => [seq, tombstone])),
    },
  };
}
