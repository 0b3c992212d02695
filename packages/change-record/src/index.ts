/**
 * A hash-chained record of a change: append to it, erase payloads from it, verify it.
 *
 * @packageDocumentation
 */
export { appendEntry, chainEntry, emptyRecord } from './appendEntry';
export type { NewEntry } from './appendEntry';
export { canonicalJson, digestOf } from './canonicalJson';
export {
  ERASING_KIND,
  GENESIS,
  RECORD_FORMAT,
  RECORD_VERSION,
} from './ChangeRecord';
export type {
  ChangeEntry,
  ChangeRecord,
  ErasedPayload,
  KeptPayload,
  Payload,
  RecordHead,
} from './ChangeRecord';
export { erasePayloads } from './erasePayloads';
export { hashOfEntry } from './hashOfEntry';
export { parseRecord, RecordUnreadableError } from './parseRecord';
export { sealPayload } from './sealPayload';
export { verifyRecord } from './verifyRecord';
export type {
  ProblemCode,
  RecordProblem,
  Verification,
  VerifyOptions,
} from './verifyRecord';
