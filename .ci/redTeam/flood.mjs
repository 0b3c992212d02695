import assert from 'node:assert/strict';
import { assertSound, requestOf } from './attack.mjs';
import { send } from './send.mjs';

const AT_ONCE = 5;
/** More than anybody may send in a minute, also when one ends on the way. */
const AT_MOST = 900;

/** The first requests of somebody who only wants to be in the way, until they are refused for their number. */
async function sendUntilRefused(request) {
  for (let sent = 0; sent < AT_MOST; sent += AT_ONCE) {
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, request));
    answers.forEach(answer => assertSound(answer, 'a request of a flood'));
    const refused = answers.filter(({ status }) => status === 429);
    if (refused.length > 0) return refused;
  }
  throw new Error(`${AT_MOST} requests were answered, and none refused`);
}

/**
 * One person sends state-changing requests as fast as they are answered. They
 * are told to wait; everybody else is served as before; and it is on record
 * once, however long it goes on.
 */
export async function flood(scene) {
  const began = Date.now();
  const wish = as => () =>
    send(scene.url, requestOf(scene, { as, path: '/workflows', json: {} }));
  const refused = await sendUntilRefused(wish('dmitri'));
  for (const { headers, text } of refused) {
    const seconds = Number(headers['retry-after']);
    assert.ok(seconds > 0 && seconds <= 60, `Retry-After: ${seconds}`);
    const { error } = JSON.parse(text);
    assert.equal(error.name, 'LimitReachedError');
    assert.match(error.message, /wait for the time that Retry-After says/);
  }
  const more = await Promise.all(
    Array.from({ length: AT_ONCE }, wish('dmitri')),
  );
  more.forEach(answer => assertSound(answer, 'a request of a flood'));

  const reads = await send(
    scene.url,
    requestOf(scene, { as: 'dmitri', path: '/kill-switch' }),
  );
  assert.equal(reads.status, 200, 'who may not write for now may still look');
  const others = await Promise.all(['ada', 'ben'].map(as => wish(as)()));
  assert.deepEqual(
    others.map(({ status }) => status),
    [400, 400],
    'somebody else was not heard',
  );

  const { items } = await scene.clients.farah.call(
    'GET',
    '/agentic/audit?kind=limit.reached',
  );
  const own = items.filter(({ actor }) => /dmitri/.test(actor));
  const minutes = Math.ceil((Date.now() - began) / 60_000) + 1;
  assert.ok(own.length > 0, 'it is not on record');
  assert.ok(
    own.length <= minutes,
    `it is on record ${own.length} times in ${minutes} minutes`,
  );
}
