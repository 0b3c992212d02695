import {
  createCipheriv,
  createDecipheriv,
  createHash,
  randomBytes,
} from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Length of every key. */
export const KEY_BYTES = 32;

/** A key that encrypts the keys of secrets, with the name under which rows remember it. */
export interface SealingKey {
  readonly id: string;
  readonly key: Buffer;
}

/** What is kept of a version: its own key, encrypted, and its values, encrypted with that key. */
export interface Sealed {
  readonly keyId: string;
  readonly wrappedKey: string;
  readonly ciphertext: string;
}

/** Names a key by its digest, so that the same key has the same name everywhere. */
export function sealingKey(key: Buffer): SealingKey {
  const id = createHash('sha256')
    .update('agentic sealing key\0')
    .update(key)
    .digest('hex')
    .slice(0, 16);
  return { id, key };
}

function encrypt(key: Buffer, plain: Buffer, about: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, {
    authTagLength: TAG_BYTES,
  }).setAAD(Buffer.from(about, 'utf8'));
  return Buffer.concat([
    nonce,
    cipher.update(plain),
    cipher.final(),
    cipher.getAuthTag(),
  ]).toString('base64');
}

function decrypt(key: Buffer, text: string, about: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  const end = bytes.length - TAG_BYTES;
  const decipher = createDecipheriv(
    ALGORITHM,
    key,
    bytes.subarray(0, NONCE_BYTES),
    { authTagLength: TAG_BYTES },
  )
    .setAAD(Buffer.from(about, 'utf8'))
    .setAuthTag(bytes.subarray(end));
  return Buffer.concat([
    decipher.update(bytes.subarray(NONCE_BYTES, end)),
    decipher.final(),
  ]);
}

/** `about` binds the ciphertext to its row: moved to another one, it does not open. */
export function seal(key: SealingKey, plain: string, about: string): Sealed {
  const dataKey = randomBytes(KEY_BYTES);
  return {
    keyId: key.id,
    wrappedKey: encrypt(key.key, dataKey, `key ${key.id} ${about}`),
    ciphertext: encrypt(dataKey, Buffer.from(plain, 'utf8'), about),
  };
}

/** Opens what was sealed about the same. Throws when anything of it was changed. */
export function unseal(key: SealingKey, sealed: Sealed, about: string): string {
  const dataKey = decrypt(key.key, sealed.wrappedKey, `key ${key.id} ${about}`);
  return decrypt(dataKey, sealed.ciphertext, about).toString('utf8');
}

/** Encrypts the key of a version with another key; the values stay as they are. */
export function reseal(
  from: SealingKey,
  to: SealingKey,
  sealed: Sealed,
  about: string,
): Sealed {
  const dataKey = decrypt(
    from.key,
    sealed.wrappedKey,
    `key ${from.id} ${about}`,
  );
  return {
    ...sealed,
    keyId: to.id,
    wrappedKey: encrypt(to.key, dataKey, `key ${to.id} ${about}`),
  };
}
