/** What stands in `format` of every record. */
export const RECORD_FORMAT = 'agentic-change-record';

/** The version of the format that this library reads and writes. */
export const RECORD_VERSION = 1;

/** What the first entry of a chain names as its predecessor: 64 zeros. */
export const GENESIS = '0'.repeat(64);

/** The kind of the entry that says which payloads were erased; its own payload lists them. */
export const ERASING_KIND = 'payload.erased';

/** One line of a record. Its hash covers all other fields, the chain's id and the format's version. */
export interface ChangeEntry {
  /** 1 for the first entry of a chain, without gaps. */
  readonly seq: number;
  /** What happened: lower-case words, a dot between them, such as `effect.begun`. */
  readonly kind: string;
  /** Who did it: a user's entity ref, `service:<subject>`, `agent:<id>` or `system`. */
  readonly actor: string;
  /** What it happened to, such as `approval:<id>`. */
  readonly subject: string;
  /** ISO 8601 in UTC with milliseconds. */
  readonly at: string;
  /** SHA-256 of the canonical JSON of `{ salt, value }`, the payload that is kept beside the chain. */
  readonly payloadDigest: string;
  /** The hash of the entry before, or {@link GENESIS}. */
  readonly previous: string;
  /** SHA-256 of the canonical JSON of `{ format, version, chain }` with all fields above. */
  readonly hash: string;
}

/** A payload beside its entry. The salt keeps an erased payload from being guessed by its digest. */
export interface KeptPayload {
  /** 32 lower-case hexadecimal digits, random. */
  readonly salt: string;
  readonly value: unknown;
}

/** What stands where a payload was erased: when, why, and the entry that put it on record. */
export interface ErasedPayload {
  readonly erased: {
    readonly at: string;
    readonly reason: string;
    /** The `seq` of the later entry of kind {@link ERASING_KIND} that lists this payload. */
    readonly entry: number;
  };
}

/** A payload, or the tombstone of one. */
export type Payload = KeptPayload | ErasedPayload;

/** Where a chain ends. Kept elsewhere too, it shows that nothing was cut off. */
export interface RecordHead {
  readonly seq: number;
  readonly hash: string;
}

/** A whole chain with its payloads: what `agentic-verify` reads. */
export interface ChangeRecord {
  readonly format: typeof RECORD_FORMAT;
  readonly version: typeof RECORD_VERSION;
  /** The id of the chain, such as that of a workflow; part of every hash. */
  readonly chain: string;
  readonly entries: readonly ChangeEntry[];
  /** By `seq` in decimal. */
  readonly payloads: Readonly<Record<string, Payload>>;
  readonly head: RecordHead;
}
