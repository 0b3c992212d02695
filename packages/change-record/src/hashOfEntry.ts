import { digestOf } from './canonicalJson';
import {
  RECORD_FORMAT,
  RECORD_VERSION,
  type ChangeEntry,
} from './ChangeRecord';

/**
 * The hash an entry must have: SHA-256 of the canonical JSON of its fields (without `hash`) with the
 * format, the version and the chain, so that an entry fits only into the chain it was made for.
 */
export function hashOfEntry(
  chain: string,
  entry: Omit<ChangeEntry, 'hash'>,
): string {
  const { seq, kind, actor, subject, at, payloadDigest, previous } = entry;
  return digestOf({
    format: RECORD_FORMAT,
    version: RECORD_VERSION,
    chain,
    seq,
    kind,
    actor,
    subject,
    at,
    payloadDigest,
    previous,
  });
}
