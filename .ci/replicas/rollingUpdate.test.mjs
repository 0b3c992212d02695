import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../../packages/app/e2e-tests/support/waitUntil.mjs';
import { bundlePresent, bundlePrevious } from './bundleReplica.mjs';
import { prepareReplicas, server } from './startReplicas.mjs';

const PARKED = process.env.AGENTIC_TEST_FULL ? 50 : 6;
/** What a replica is at is done within this time once nothing new comes to it. */
const DRAIN_MS = 2_000;

test(
  `a rolling update from the version before with ${PARKED} workflows that wait for approval`,
  {
    timeout: 20 * 60_000,
    skip: !server && 'AGENTIC_TEST_POSTGRES_URL names no server',
  },
  async t => {
    const set = await prepareReplicas(3, { bundle: bundlePrevious() });
    t.after(() => set.remove());
    await set.start();
    const ada = set.client('ada');
    const ben = set.client('ben');
    const inPhase = async phase =>
      (await ada.call('GET', `/workflows?phase=${phase}&limit=1`)).totalItems;

    const parked = [];
    for (let index = 0; index < PARKED; index++) {
      parked.push(await ada.ask(`parked-${index}`));
    }
    await waitUntil(
      'all of them wait',
      async () => (await inPhase('awaiting_approval')) === PARKED,
    );

    // People go on working: they read, ask for something, and sign it.
    let over = false;
    const begun = [];
    const working = (async () => {
      while (!over) {
        const id = await ada.ask(`meanwhile-${begun.length}`);
        begun.push(id);
        await waitUntil(
          'it waits',
          async () => (await ada.workflow(id)).phase === 'awaiting_approval',
        );
        await ben.approve(id);
        await ada.call('GET', '/workflows');
        await ben.call('GET', '/approvals');
        await sleep(200);
      }
    })();

    const present = bundlePresent();
    for (const replica of set.replicas) {
      set.proxy.drain(replica.name);
      await sleep(DRAIN_MS);
      set.proxy.remove(replica.name);
      await replica.stop();
      replica.use(present.file, { migrations: undefined });
      await set.start(replica);
      t.diagnostic(
        `${replica.name} is of the present version; ${begun.length} were begun meanwhile`,
      );
      // Both versions work side by side, each on what the other has begun.
      await ben.approve(parked.shift());
    }
    over = true;
    await working;
    for (const id of parked) {
      await ben.approve(id);
    }
    const all = PARKED + begun.length;
    await waitUntil(
      'all are completed',
      async () => (await inPhase('completed')) === all,
      {
        timeout: 180_000,
      },
    );
    const made = Object.entries(set.made());
    assert.equal(made.length, 2 * all);
    assert.deepEqual(
      made.filter(([, times]) => times !== 1),
      [],
    );
    const { requests, failed, unanswered } = set.proxy.counts;
    t.diagnostic(`${requests} requests, ${failed} failed`);
    assert.deepEqual(unanswered, []);
  },
);
