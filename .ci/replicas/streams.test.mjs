import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../../packages/app/e2e-tests/support/waitUntil.mjs';
import { EventSessions, percentile } from './EventSessions.mjs';
import { prepareReplicas, server } from './startReplicas.mjs';

const full = Boolean(process.env.AGENTIC_TEST_FULL);
const WANTED_MS = 1_000;
const EVENTS = full ? 300 : 40;
const PAUSE_MS = full ? 100 : 75;

/** Workflows that wait for approval, so that people read on. */
async function park(set, count) {
  const ada = set.client('ada');
  const ids = [];
  for (let start = 0; start < count; start += 10) {
    ids.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(10, count - start) }, (_, index) =>
          ada.ask(`followed-${start + index}`),
        ),
      )),
    );
  }
  await waitUntil(
    'all of them wait for approval',
    async () => {
      const { totalItems } = await ada.call(
        'GET',
        '/workflows?phase=awaiting_approval&limit=1',
      );
      return totalItems === count;
    },
    { timeout: 180_000 },
  );
  return ids;
}

/** Has the product write lines, at whichever replica it is, and says what each has to arrive at how often. */
async function write(set, sessions, ids, perWorkflow) {
  const people = set.client('ada');
  const wanted = [];
  for (let index = 0; index < EVENTS; index++) {
    const id = ids[(index * 7) % ids.length];
    const round = Math.floor(index / ids.length);
    const { lastEventSeq: before } = await people.workflow(id);
    await people.call(
      'POST',
      `/workflows/${id}/${round % 2 === 0 ? 'pause' : 'resume'}`,
      {
        reason: 'to be seen',
      },
    );
    const { lastEventSeq: after } = await people.workflow(id);
    for (let seq = before + 1; seq <= after; seq++) {
      wanted.push({ key: `${id}/${seq}`, count: perWorkflow });
    }
    await sleep(PAUSE_MS);
  }
  const missing = await sessions.settled(wanted);
  assert.deepEqual(missing, [], 'events did not come to everybody');
  const twice = wanted.filter(
    ({ key, count }) => sessions.arrivals.get(key) > count,
  );
  assert.deepEqual(twice, [], 'events came to somebody twice');
}

for (const [replicas, sessionsWanted] of [
  [1, Number(process.env.AGENTIC_STREAMS_ONE ?? (full ? 1_000 : 100))],
  [3, Number(process.env.AGENTIC_STREAMS_THREE ?? (full ? 3_000 : 150))],
]) {
  test(
    `${sessionsWanted} event streams over ${replicas} replica(s)`,
    {
      timeout: 15 * 60_000,
      skip: !server && 'AGENTIC_TEST_POSTGRES_URL names no server',
    },
    async t => {
      const set = await prepareReplicas(replicas);
      t.after(() => set.remove());
      await set.start();
      const ids = await park(set, full ? 100 : 10);
      const perWorkflow = sessionsWanted / ids.length;
      const spread = Array.from(
        { length: sessionsWanted },
        (_, index) => ids[index % ids.length],
      );
      const before = await Promise.all(set.replicas.map(each => each.memory()));
      const sessions = new EventSessions();
      t.after(() => sessions.close());
      await sessions.openAll(set.proxy.url, spread);
      await sleep(2_000);
      const after = await Promise.all(set.replicas.map(each => each.memory()));
      sessions.listen();
      await write(set, sessions, ids, perWorkflow);
      assert.equal(
        sessions.open,
        sessionsWanted,
        `${sessions.broken} streams broke off`,
      );
      const grown = of =>
        after.reduce(
          (sum, memory, index) => sum + of(memory) - of(before[index]),
          0,
        ) /
        sessionsWanted /
        1024;
      const [p50, p95, p99] = [0.5, 0.95, 0.99].map(share =>
        percentile(sessions.samples, share),
      );
      t.diagnostic(
        `${sessionsWanted} sessions on ${replicas}: ${sessions.samples.length} arrivals, p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms; ` +
          `${grown(({ heapUsed }) => heapUsed).toFixed(
            0,
          )} KiB of heap and ${grown(({ rss }) => rss).toFixed(
            0,
          )} KiB of memory a session`,
      );
      assert.ok(p95 < WANTED_MS, `p95 is ${p95} ms`);
    },
  );
}
