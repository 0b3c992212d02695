import { randomBytes } from 'node:crypto';
import { digestOf } from './canonicalJson';
import type { KeptPayload } from './ChangeRecord';

/**
 * Salts a payload and answers it with the digest that the chain covers. The value is taken as JSON
 * would carry it. A salt of your own makes the digest repeatable; it must not be used twice.
 */
export function sealPayload(
  value: unknown,
  salt: string = randomBytes(16).toString('hex'),
): { payload: KeptPayload; payloadDigest: string } {
  const carried: unknown = JSON.parse(JSON.stringify(value ?? null));
  const payload = { salt, value: carried };
  return { payload, payloadDigest: digestOf(payload) };
}
