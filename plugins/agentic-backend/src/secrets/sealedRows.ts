import type { SecretValues } from '@agentic-backstage/plugin-agentic-node';
import { z } from 'zod';
import type { SecretVersionRow } from './secretRows';
import { reseal, seal, unseal, type Sealed, type SealingKey } from './sealing';
import { UnreadableSecretError } from './UnreadableSecretError';

/** The values of a secret, as they are before they are encrypted. */
export const Values = z.record(z.string(), z.string());

/** What a ciphertext is bound to: it opens at no other path and in no other version. */
function about(path: string, version: number): string {
  return `agentic secret ${JSON.stringify([path, version])}`;
}

/** Encrypts the values of a version. */
export function sealRow(
  key: SealingKey,
  plain: string,
  of: { path: string; version: number },
): Pick<SecretVersionRow, 'key_id' | 'wrapped_key' | 'ciphertext'> {
  const sealed = seal(key, plain, about(of.path, of.version));
  return {
    key_id: sealed.keyId,
    wrapped_key: sealed.wrappedKey,
    ciphertext: sealed.ciphertext,
  };
}

/** Decrypts a version. Throws `UnreadableSecretError` when no key opens it, or it was changed. */
export function openRow(
  row: SecretVersionRow,
  keys: readonly SealingKey[],
): SecretValues {
  const key = keys.find(candidate => candidate.id === row.key_id);
  if (!key) {
    throw new UnreadableSecretError(
      `'${row.path}' was encrypted with the key ${row.key_id}, which is not configured; add that key to agentic.secrets.keys after the first one`,
    );
  }
  try {
    const plain = unseal(key, toSealed(row), about(row.path, row.version));
    return Values.parse(JSON.parse(plain));
  } catch {
    // The cause would say nothing more, and might quote what was decrypted.
    throw new UnreadableSecretError(
      `The row of '${row.path}', version ${row.version}, was changed outside of the portal and does not open; put the secret again`,
    );
  }
}

/** A row that was changed outside of the portal does not keep the others from their new key. */
export function resealOrSkip(
  from: SealingKey,
  to: SealingKey,
  row: SecretVersionRow,
): Sealed | undefined {
  try {
    return reseal(from, to, toSealed(row), about(row.path, row.version));
  } catch {
    return undefined;
  }
}

function toSealed(row: SecretVersionRow): Sealed {
  return {
    keyId: row.key_id,
    wrappedKey: row.wrapped_key,
    ciphertext: row.ciphertext,
  };
}
