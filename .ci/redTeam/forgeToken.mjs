import {
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  sign,
} from 'node:crypto';

const encode = value =>
  Buffer.from(
    typeof value === 'string' ? value : JSON.stringify(value),
  ).toString('base64url');

const decode = part => JSON.parse(Buffer.from(part, 'base64url'));

/** The parts of a token, readable. */
export function readToken(token) {
  const [header, payload, signature] = token.split('.');
  return { header: decode(header), payload: decode(payload), signature };
}

/** A token with these claims and no signature at all. */
export function unsigned(payload) {
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(payload)}.`;
}

/** A token that keeps the signature of another. */
export function withOtherClaims(token, claims) {
  const [header, payload, signature] = token.split('.');
  return `${header}.${encode({ ...decode(payload), ...claims })}.${signature}`;
}

/** A token signed with a key that we have just made, under the name of the real one. */
export function signedWithOwnKey(token, claims) {
  const { header, payload } = readToken(token);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const text = `${encode({ ...header, alg: 'ES256' })}.${encode({
    ...payload,
    ...claims,
  })}`;
  const signature = sign('sha256', Buffer.from(text), {
    key: privateKey,
    dsaEncoding: 'ieee-p1363',
  });
  return `${text}.${signature.toString('base64url')}`;
}

/** A token whose HMAC key is the public key that the portal shows to everybody. */
export function signedWithPublicKey(token, jwk, claims) {
  const { header, payload } = readToken(token);
  const text = `${encode({ ...header, alg: 'HS256' })}.${encode({
    ...payload,
    ...claims,
  })}`;
  const secret = createPublicKey({ key: jwk, format: 'jwk' }).export({
    type: 'spki',
    format: 'pem',
  });
  return `${text}.${createHmac('sha256', secret)
    .update(text)
    .digest('base64url')}`;
}

/** A token that carries the key it is signed with, and asks to be checked with that. */
export function withKeyInside(token, claims) {
  const { header, payload } = readToken(token);
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  const text = `${encode({
    ...header,
    alg: 'ES256',
    jwk: publicKey.export({ format: 'jwk' }),
  })}.${encode({ ...payload, ...claims })}`;
  const signature = sign('sha256', Buffer.from(text), {
    key: privateKey,
    dsaEncoding: 'ieee-p1363',
  });
  return `${text}.${signature.toString('base64url')}`;
}
