import assert from 'node:assert/strict';
import { send } from './send.mjs';

/** What a refusal may look like; a case that knows better says so. */
export const REFUSALS = [
  400, 401, 403, 404, 405, 409, 411, 413, 414, 415, 422, 429, 431,
];

/** Words that tell more about the inside than a stranger should know. */
const LEAKS = [
  [
    'a stack trace',
    /\\n\s+at |\n\s+at \S+ \(|node:internal|node_modules|\.[cm]?[jt]s:\d+/,
  ],
  [
    'a database statement',
    /SQLITE_|\bselect [`"*]|\binsert into\b|\bwhere [`"]/i,
  ],
  ['a place on this machine', /\/(?:data|db)\/[\w-]+\.(?:sqlite|json)/],
];

/** Puts together the request of a case: who sends it, to where, with what. */
export function requestOf(scene, { as, method, path, json, body, headers }) {
  const token = scene.tokens[as] ?? as;
  const content = json === undefined ? body : JSON.stringify(json);
  return {
    method:
      method ?? (json !== undefined || body !== undefined ? 'POST' : 'GET'),
    path: path.startsWith('/api') ? path : `/api/agentic${path}`,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(json !== undefined ? { 'content-type': 'application/json' } : {}),
      ...(content !== undefined
        ? { 'content-length': Buffer.byteLength(content) }
        : {}),
      ...headers,
    },
    body: content,
  };
}

/** Fails when an answer shows the inside of the portal, or that it broke. */
export function assertSound(answer, what) {
  assert.ok(answer.status < 500, `${what}: ${answer.status} ${answer.text}`);
  for (const [leak, pattern] of LEAKS) {
    assert.ok(
      !(answer.status >= 400 && pattern.test(answer.text)),
      `${what} shows ${leak}: ${answer.text.slice(0, 600)}`,
    );
  }
}

/** Carries out one case and holds the answer against what it has to be. */
export async function attack(scene, attempt) {
  const request = requestOf(scene, attempt);
  // The auditor notes it, so that each attempt is found again.
  request.headers['user-agent'] ??= attempt.mark ?? 'red-team';
  const answer = await send(scene.url, request);
  assertSound(answer, attempt.name);
  const wanted = [attempt.refused ?? REFUSALS].flat();
  assert.ok(
    wanted.includes(answer.status),
    `answered ${answer.status} instead of ${wanted.join(
      ' or ',
    )}: ${answer.text.slice(0, 600)}`,
  );
  // For a path that nobody answers there is nothing to say, and 431 is said before anybody listens.
  if (answer.status >= 400 && ![404, 431].includes(answer.status)) {
    const { error } = JSON.parse(answer.text);
    assert.ok(error.message.length > 5, answer.text);
  }
  await attempt.also?.(answer);
  return answer;
}
