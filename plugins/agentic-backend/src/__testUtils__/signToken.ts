import {
  createSign,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';

/** A key that signs tokens, with the public half as a key set. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly jwks: { readonly keys: readonly JsonWebKey[] };
}

/** Makes a fresh key; its id is the same for all, as a forger would choose it. */
export function aSigningKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  const jwk = publicKey.export({ format: 'jwk' });
  return {
    privateKey,
    jwks: { keys: [{ ...jwk, kid: 'test', alg: 'ES256', use: 'sig' }] },
  };
}

/** Signs a JWT with ES256. Claims without `exp` get an hour. */
export function signToken(
  key: SigningKey,
  claims: Record<string, unknown>,
  header: Record<string, unknown> = {},
): string {
  const now = Math.floor(Date.now() / 1000);
  const encode = (part: object) =>
    Buffer.from(JSON.stringify(part)).toString('base64url');
  const content = [
    encode({ alg: 'ES256', kid: 'test', ...header }),
    encode({ iat: now, exp: now + 3600, ...claims }),
  ].join('.');
  const signature = createSign('SHA256')
    .update(content)
    .sign({ key: key.privateKey, dsaEncoding: 'ieee-p1363' })
    .toString('base64url');
  return `${content}.${signature}`;
}
