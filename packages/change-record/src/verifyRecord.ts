import { canonicalJson, digestOf } from './canonicalJson';
import {
  ERASING_KIND,
  GENESIS,
  type ChangeEntry,
  type ChangeRecord,
  type ErasedPayload,
  type RecordHead,
} from './ChangeRecord';
import { hashOfEntry } from './hashOfEntry';

/** What can be wrong with a record. */
export type ProblemCode =
  | 'changed_entry'
  | 'missing_entry'
  | 'out_of_order'
  | 'broken_link'
  | 'changed_payload'
  | 'missing_payload'
  | 'stray_payload'
  | 'unexplained_erasing'
  | 'wrong_head'
  | 'wrong_chain';

/** One thing that is wrong, at which entry where it is one entry's, in words for people. */
export interface RecordProblem {
  readonly code: ProblemCode;
  readonly seq?: number;
  readonly message: string;
}

/** What somebody knows about the record from elsewhere. */
export interface VerifyOptions {
  /** The head that was noted at another place: shows whether entries were cut off since. */
  readonly head?: RecordHead;
  /** The chain it is said to be. */
  readonly chain?: string;
}

/** The outcome: intact, or broken with every problem found, in the order of the entries. */
export interface Verification {
  readonly status: 'intact' | 'broken';
  readonly chain: string;
  readonly head: RecordHead;
  readonly entries: number;
  readonly erasedPayloads: number;
  readonly problems: readonly RecordProblem[];
}

/**
 * Checks a record by its own content alone: every hash, every link, the order, every payload that is
 * kept, every erased one against the entry that says so, and the head. Changes and I/O: none.
 */
export function verifyRecord(
  record: ChangeRecord,
  options: VerifyOptions = {},
): Verification {
  const problems = [
    ...checkChain(record),
    ...record.entries.flatMap(entry => checkPayload(record, entry)),
    ...findStrayPayloads(record),
    ...checkHead(record, options),
  ];
  return {
    status: problems.length === 0 ? 'intact' : 'broken',
    chain: record.chain,
    head: headOf(record),
    entries: record.entries.length,
    erasedPayloads: Object.values(record.payloads).filter(
      payload => 'erased' in payload,
    ).length,
    problems,
  };
}

function headOf({ entries }: ChangeRecord): RecordHead {
  const last = entries[entries.length - 1];
  return last ? { seq: last.seq, hash: last.hash } : { seq: 0, hash: GENESIS };
}

function checkChain({ chain, entries }: ChangeRecord): RecordProblem[] {
  const problems: RecordProblem[] = [];
  let before: RecordHead = { seq: 0, hash: GENESIS };
  for (const entry of entries) {
    const { seq } = entry;
    if (hashOfEntry(chain, entry) !== entry.hash) {
      problems.push({
        code: 'changed_entry',
        seq,
        message: `Entry ${seq} (${entry.kind}) is not what was recorded: its content does not give its hash`,
      });
    }
    if (seq > before.seq + 1) {
      problems.push({
        code: 'missing_entry',
        seq,
        message: `${
          seq === before.seq + 2
            ? `Entry ${seq - 1} is`
            : `Entries ${before.seq + 1} to ${seq - 1} are`
        } missing before entry ${seq}`,
      });
    } else if (seq <= before.seq) {
      problems.push({
        code: 'out_of_order',
        seq,
        message: `Entry ${seq} stands after entry ${before.seq}: entries were reordered or inserted`,
      });
    } else if (entry.previous !== before.hash) {
      problems.push({
        code: 'broken_link',
        seq,
        message: `Entry ${seq} does not follow ${
          before.seq === 0 ? 'the beginning of a chain' : `entry ${before.seq}`
        }: one of them was replaced`,
      });
    }
    before = entry;
  }
  return problems;
}

function checkPayload(
  record: ChangeRecord,
  entry: ChangeEntry,
): RecordProblem[] {
  const { seq, kind } = entry;
  const payload = record.payloads[seq];
  if (!payload) {
    return [
      {
        code: 'missing_payload',
        seq,
        message: `The payload of entry ${seq} (${kind}) is missing, and nothing says that it was erased`,
      },
    ];
  }
  if ('erased' in payload) {
    return isExplained(record, seq, payload)
      ? []
      : [
          {
            code: 'unexplained_erasing',
            seq,
            message: `The payload of entry ${seq} (${kind}) is marked as erased, but entry ${payload.erased.entry} does not say so`,
          },
        ];
  }
  return digestOf(payload) === entry.payloadDigest
    ? []
    : [
        {
          code: 'changed_payload',
          seq,
          message: `The payload of entry ${seq} (${kind}) is not the one that was recorded`,
        },
      ];
}

/** A tombstone counts when a later entry, whose payload is the recorded one, lists it with the same words. */
function isExplained(
  { entries, payloads }: ChangeRecord,
  seq: number,
  { erased }: ErasedPayload,
): boolean {
  const by = entries.find(candidate => candidate.seq === erased.entry);
  const said = payloads[erased.entry];
  if (!by || by.seq <= seq || by.kind !== ERASING_KIND || by.at !== erased.at) {
    return false;
  }
  if (!said || 'erased' in said || digestOf(said) !== by.payloadDigest) {
    return false;
  }
  const { value } = said;
  return (
    typeof value === 'object' &&
    value !== null &&
    'entries' in value &&
    'reason' in value &&
    Array.isArray(value.entries) &&
    value.entries.includes(seq) &&
    value.reason === erased.reason
  );
}

function findStrayPayloads({
  entries,
  payloads,
}: ChangeRecord): RecordProblem[] {
  const known = new Set(entries.map(entry => String(entry.seq)));
  return Object.keys(payloads)
    .filter(seq => !known.has(seq))
    .map(seq => ({
      code: 'stray_payload' as const,
      seq: Number(seq),
      message: `There is a payload for entry ${seq}, which is not in the chain`,
    }));
}

function checkHead(
  record: ChangeRecord,
  { head, chain }: VerifyOptions,
): RecordProblem[] {
  const end = headOf(record);
  const problems: RecordProblem[] = [];
  if (chain !== undefined && chain !== record.chain) {
    problems.push({
      code: 'wrong_chain',
      message: `This is the record of '${record.chain}', not of '${chain}'`,
    });
  }
  if (canonicalJson(record.head) !== canonicalJson(end)) {
    problems.push({
      code: 'wrong_head',
      message: `The record says that it ends with entry ${record.head.seq}, but its last entry is ${end.seq}, or has another hash`,
    });
  }
  if (head) {
    const known = record.entries.find(entry => entry.seq === head.seq);
    if (!known && head.seq > end.seq) {
      problems.push({
        code: 'wrong_head',
        message: `It ends with entry ${end.seq}, but entry ${head.seq} is known to exist: the end was cut off`,
      });
    } else if (known?.hash !== head.hash) {
      problems.push({
        code: 'wrong_head',
        message: `Entry ${head.seq} does not have the hash that is known from elsewhere: the record was rewritten`,
      });
    }
  }
  return problems;
}
