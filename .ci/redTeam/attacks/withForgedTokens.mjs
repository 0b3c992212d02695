import {
  readToken,
  signedWithOwnKey,
  signedWithPublicKey,
  unsigned,
  withKeyInside,
  withOtherClaims,
} from '../forgeToken.mjs';
import { send } from '../send.mjs';

const FULLY_TRIED = ['/workflows', '/approvals/{id}/decision', '/kill-switch'];
const BEN = { sub: 'user:default/ben.okafor' };

async function forgedTokens(scene) {
  const real = scene.tokens.dmitri;
  const { payload } = readToken(real);
  const now = Math.floor(Date.now() / 1000);
  const jwks = JSON.parse(
    (await send(scene.url, { path: '/api/auth/.well-known/jwks.json' })).text,
  );
  return {
    'no token': '',
    'a word': 'letmein',
    'three dots': '...',
    'an unsigned token': unsigned({ ...payload, ...BEN }),
    'the name of somebody else in it': withOtherClaims(real, BEN),
    'a later expiry in it': withOtherClaims(real, { exp: now + 1e6 }),
    'an expired token': signedWithOwnKey(real, {
      iat: now - 7200,
      exp: now - 3600,
    }),
    'a key of our own': signedWithOwnKey(real, BEN),
    'the public key as the secret': signedWithPublicKey(
      real,
      jwks.keys[0],
      BEN,
    ),
    'its own key inside': withKeyInside(real, BEN),
    'the signature cut off': real.slice(0, real.lastIndexOf('.') + 1),
    'a megabyte less the header limit': 'a'.repeat(12_000),
  };
}

/** Every route, asked with tokens that are none. Open are only those that say so. */
export async function withForgedTokens(scene, routes) {
  const tokens = await forgedTokens(scene);
  const cases = [];
  for (const { method, path, open } of routes.filter(route => !route.open)) {
    for (const [what, token] of Object.entries(tokens)) {
      // Each route without any and with a forged one, and the whole table for some.
      if (
        ['no token', 'a key of our own'].includes(what) ||
        FULLY_TRIED.includes(path)
      ) {
        cases.push({
          name: `${method} ${path} with ${what}`,
          as: token,
          method,
          path,
          open,
          refused: [401, 431],
          ...(method === 'GET' ? {} : { json: {} }),
        });
      }
    }
  }
  const decide = `/approvals/${scene.approvals.staging.approvalId}/decision`;
  const elsewhere = { authorization: `Basic ${scene.tokens.ben}` };
  return [
    ...cases,
    // There is no webhook yet; whoever adds one must not open it to everybody.
    ...['gitlab', 'github'].map(sender => ({
      name: `a webhook of ${sender} without a signature`,
      method: 'POST',
      path: `/webhooks/${sender}`,
      json: { object_kind: 'merge_request', action: 'opened' },
      refused: 401,
    })),
    ...[
      ['in the address', `${decide}?token=${scene.elsewhere.ben}`, {}],
      ['as another scheme', decide, elsewhere],
      ['as a cookie', decide, { cookie: `token=${scene.tokens.ben}` }],
      ['as a name only', decide, { 'x-example-person': BEN.sub }],
      ['as a proxy would', decide, { 'x-forwarded-user': BEN.sub }],
    ].map(([what, path, headers]) => ({
      name: `an identity ${what}`,
      method: 'POST',
      path,
      headers,
      json: { decision: 'approve', reason: '', scopeHash: '0'.repeat(64) },
      refused: 401,
    })),
    ...[
      ['a person who is none', { 'x-example-person': 'user:default/root' }],
      ['nobody', {}],
      [
        'a page that points its name at this machine',
        { 'x-example-person': BEN.sub, host: 'evil.example' },
      ],
    ].map(([what, headers]) => ({
      name: `signing in as ${what}`,
      path: '/api/auth/example-people/refresh',
      headers,
      refused: 401,
    })),
  ];
}
