/** The rows of the change record as they stand in the database; see `migrations/`. */
export interface HeadRow {
  chain: string;
  seq: number;
  hash: string;
  /** How far the auditor has been told. */
  told_seq: number;
}

export interface EntryRow {
  id: number;
  chain: string;
  seq: number;
  kind: string;
  actor: string;
  subject: string;
  at: string;
  payload_digest: string;
  previous: string;
  hash: string;
}

export interface PayloadRow {
  chain: string;
  seq: number;
  salt: string | null;
  body: string | null;
  /** JSON of when, why and by which entry, once the payload is gone. */
  erased: string | null;
}
