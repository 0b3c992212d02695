import {
  RECORD_FORMAT,
  RECORD_VERSION,
  type ChangeEntry,
  type ChangeRecord,
  type Payload,
} from './ChangeRecord';
import { findDuplicateKey } from './findDuplicateKey';

/** Thrown when a text is not a record: nothing can be said about the chain in it. */
export class RecordUnreadableError extends Error {
  override name = 'RecordUnreadableError';
}

type Fields = Record<string, unknown>;

const DIGEST = /^[0-9a-f]{64}$/;
const SALT = /^[0-9a-f]{32}$/;
const KIND = /^[a-z0-9_]+(\.[a-z0-9_]+)+$/;

function fieldsOf(value: unknown, where: string, names: string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RecordUnreadableError(`${where} is not an object`);
  }
  const unknown = Object.keys(value).find(key => !names.includes(key));
  if (unknown !== undefined) {
    throw new RecordUnreadableError(
      `${where} has a field '${unknown}', which the format does not know`,
    );
  }
  const missing = names.find(name => !Object.hasOwn(value, name));
  if (missing !== undefined) {
    throw new RecordUnreadableError(`${where} has no field '${missing}'`);
  }
  return value as Fields;
}

function textOf(value: unknown, where: string, form?: RegExp): string {
  if (typeof value !== 'string' || (form && !form.test(value))) {
    throw new RecordUnreadableError(
      `${where} is not ${form ? `of the form ${form.source}` : 'a text'}`,
    );
  }
  return value;
}

function numberOf(value: unknown, where: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new RecordUnreadableError(`${where} is not a whole number`);
  }
  return value;
}

function toEntry(value: unknown, where: string): ChangeEntry {
  const fields = fieldsOf(value, where, [
    'seq',
    'kind',
    'actor',
    'subject',
    'at',
    'payloadDigest',
    'previous',
    'hash',
  ]);
  return {
    seq: numberOf(fields.seq, `${where}.seq`),
    kind: textOf(fields.kind, `${where}.kind`, KIND),
    actor: textOf(fields.actor, `${where}.actor`),
    subject: textOf(fields.subject, `${where}.subject`),
    at: textOf(fields.at, `${where}.at`),
    payloadDigest: textOf(
      fields.payloadDigest,
      `${where}.payloadDigest`,
      DIGEST,
    ),
    previous: textOf(fields.previous, `${where}.previous`, DIGEST),
    hash: textOf(fields.hash, `${where}.hash`, DIGEST),
  };
}

function toPayload(value: unknown, where: string): Payload {
  if (typeof value === 'object' && value !== null && 'erased' in value) {
    const { erased } = fieldsOf(value, where, ['erased']);
    const fields = fieldsOf(erased, `${where}.erased`, [
      'at',
      'reason',
      'entry',
    ]);
    return {
      erased: {
        at: textOf(fields.at, `${where}.erased.at`),
        reason: textOf(fields.reason, `${where}.erased.reason`),
        entry: numberOf(fields.entry, `${where}.erased.entry`),
      },
    };
  }
  const fields = fieldsOf(value, where, ['salt', 'value']);
  return {
    salt: textOf(fields.salt, `${where}.salt`, SALT),
    value: fields.value,
  };
}

/**
 * Reads a record strictly: a field that is missing, unknown or given twice makes it unreadable.
 * Throws {@link RecordUnreadableError} saying where.
 */
export function parseRecord(json: string): ChangeRecord {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new RecordUnreadableError(
      `It is not JSON: ${error instanceof Error ? error.message : error}`,
    );
  }
  const twice = findDuplicateKey(json);
  if (twice !== undefined) {
    throw new RecordUnreadableError(`The field '${twice}' stands there twice`);
  }
  const fields = fieldsOf(value, 'record', [
    'format',
    'version',
    'chain',
    'entries',
    'payloads',
    'head',
  ]);
  if (fields.format !== RECORD_FORMAT || fields.version !== RECORD_VERSION) {
    throw new RecordUnreadableError(
      `It is not a record of format '${RECORD_FORMAT}', version ${RECORD_VERSION}`,
    );
  }
  if (!Array.isArray(fields.entries)) {
    throw new RecordUnreadableError('record.entries is not a list');
  }
  const payloads = fields.payloads;
  if (
    typeof payloads !== 'object' ||
    payloads === null ||
    Array.isArray(payloads)
  ) {
    throw new RecordUnreadableError('record.payloads is not an object');
  }
  const head = fieldsOf(fields.head, 'record.head', ['seq', 'hash']);
  return {
    format: RECORD_FORMAT,
    version: RECORD_VERSION,
    chain: textOf(fields.chain, 'record.chain'),
    entries: fields.entries.map((entry, index) =>
      toEntry(entry, `record.entries[${index}]`),
    ),
    payloads: Object.fromEntries(
      Object.entries(payloads).map(([seq, payload]) => [
        textOf(seq, 'A key of record.payloads', /^[1-9][0-9]{0,14}$/),
        toPayload(payload, `record.payloads.${seq}`),
      ]),
    ),
    head: {
      seq: numberOf(head.seq, 'record.head.seq'),
      hash: textOf(head.hash, 'record.head.hash', DIGEST),
    },
  };
}
