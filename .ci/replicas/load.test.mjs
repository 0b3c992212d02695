import assert from 'node:assert/strict';
import os from 'node:os';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from './EventSessions.mjs';
import { prepareReplicas, server } from './startReplicas.mjs';

const full = Boolean(process.env.AGENTIC_TEST_FULL);
const MINUTES = Number(process.env.AGENTIC_LOAD_MINUTES ?? (full ? 30 : 0.5));
const PER_MINUTE = Number(process.env.AGENTIC_LOAD_RATE ?? (full ? 100 : 40));
const KILL_EVERY_MS =
  1_000 * Number(process.env.AGENTIC_LOAD_KILL_SECONDS ?? (full ? 30 : 12));
/** A busy machine takes its time; what matters here is how it ends. */
const PATIENCE_MS = 600_000;
const LOOK_MS = 1_000;
const ENDS = ['completed', 'failed', 'cancelled', 'rolled_back'];
/** Below this many requests a share of a thousandth says nothing. */
const ENOUGH = 5_000;

/** Tries again what may be tried again: reads, and writes that say which they are. */
async function insist(deadline, action) {
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
      await sleep(300);
    }
  }
}

function whereIs({ updatedAt, tasks, effects }) {
  return JSON.stringify({
    now: new Date().toISOString(),
    updatedAt,
    tasks: tasks.map(({ taskId, status, attempt, heldBecause, error }) => ({
      taskId,
      status,
      attempt,
      heldBecause,
      error,
    })),
    effects: effects.map(({ key, status, error }) => ({ key, status, error })),
  });
}

/** One person asks for a service, another signs, and the first looks until it has ended. */
async function carry({ ada, ben, name }) {
  const begun = Date.now();
  const deadline = begun + PATIENCE_MS;
  const id = await insist(deadline, () => ada.ask(name));
  const accepted = Date.now() - begun;
  for (;;) {
    const seen = await insist(deadline, () => ada.workflow(id));
    if (ENDS.includes(seen.phase)) {
      return { id, phase: seen.phase, accepted, took: Date.now() - begun };
    }
    assert.ok(
      Date.now() < deadline,
      `${name} (${id}) is still ${seen.phase}: ${whereIs(seen)}`,
    );
    if (seen.approvals.some(({ status }) => status === 'open')) {
      // Decided already, when the answer to the decision was lost: the next look tells.
      await ben.approve(id).catch(() => undefined);
    }
    await sleep(LOOK_MS);
  }
}

/** Kills one of the replicas again and again, and starts it again. */
async function keepKilling(set, { until, t }) {
  const starting = [];
  let kills = 0;
  while (Date.now() + KILL_EVERY_MS < until) {
    await sleep(KILL_EVERY_MS);
    const running = set.replicas.filter(({ isUp }) => isUp);
    // With the others still starting there would be nobody left.
    if (running.length > 1) {
      const victim = running[Math.floor(Math.random() * running.length)];
      victim.isUp = false;
      await victim.kill();
      kills += 1;
      const at = Date.now();
      starting.push(
        set.start(victim).then(() => {
          victim.isUp = true;
          t.diagnostic(
            `${victim.name} was killed and healthy again after ${
              Date.now() - at
            } ms`,
          );
        }),
      );
    }
  }
  await Promise.all(starting);
  return kills;
}

/** What the framework itself has on record about effects, events and histories. */
async function ledgerOf(set) {
  const count = async (what, sql) => [what, (await set.query(sql)).length];
  const effects = await set.query(
    'select status, count(*)::int as n from agentic.effects group by status',
  );
  return {
    effects: Object.fromEntries(effects.map(({ status, n }) => [status, n])),
    ...Object.fromEntries(
      await Promise.all([
        count(
          'confirmedTwice',
          `select subject from agentic.record_entries where kind = 'effect.confirmed' group by subject having count(*) > 1`,
        ),
        count(
          'withGaps',
          `select workflow_id from agentic.workflow_events group by workflow_id having count(*) <> max(seq)`,
        ),
        count(
          'undelivered',
          `select id from agentic.outbox where status <> 'delivered'`,
        ),
      ]),
    ),
  };
}

test(
  `${PER_MINUTE} workflows a minute for ${MINUTES} min over three replicas, one of them killed every ${
    KILL_EVERY_MS / 1000
  } s`,
  {
    timeout: (MINUTES + 15) * 60_000,
    skip: !server && 'AGENTIC_TEST_POSTGRES_URL names no server',
  },
  async t => {
    const set = await prepareReplicas(3, { toolMs: 50 });
    t.after(() => set.remove());
    await set.start();
    set.replicas.forEach(replica => {
      replica.isUp = true;
    });
    const ben = set.client('ben');
    const until = Date.now() + MINUTES * 60_000;
    const killing = keepKilling(set, { until, t });
    const carried = [];
    for (let index = 0; Date.now() < until; index++) {
      const ada = set.client(`person-${index % 50}`);
      carried.push(
        carry({ ada, ben, name: `load-${index}` }).finally(() => ada.close()),
      );
      await sleep(
        Math.max(
          0,
          until -
            MINUTES * 60_000 +
            ((index + 1) * 60_000) / PER_MINUTE -
            Date.now(),
        ),
      );
    }
    const results = await Promise.all(carried);
    const kills = await killing;
    await sleep(5_000);

    const { requests, writes, failed, failedWrites, unanswered } =
      set.proxy.counts;
    const share = of => `${(100 * of).toFixed(3)} %`;
    const p = (key, part) =>
      percentile(
        results.map(each => each[key]),
        part,
      );
    t.diagnostic(
      `${results.length} workflows, ${kills} kills, load of the machine ${os
        .loadavg()[0]
        .toFixed(1)}; ` +
        `accepted p50 ${p('accepted', 0.5)} ms, p95 ${p(
          'accepted',
          0.95,
        )} ms; ended p50 ${p('took', 0.5)} ms, p95 ${p('took', 0.95)} ms`,
    );
    t.diagnostic(
      `${requests} requests, ${failed} failed (${share(
        failed / requests,
      )}); of ${writes} writes ${failedWrites} (${share(
        failedWrites / writes,
      )})`,
    );
    unanswered.slice(0, 50).forEach(line => t.diagnostic(line));

    assert.deepEqual(
      results.filter(({ phase }) => phase !== 'completed'),
      [],
    );
    const made = Object.entries(set.made());
    assert.equal(made.length, 2 * results.length, 'something was not made');
    assert.deepEqual(
      made.filter(([, times]) => times !== 1),
      [],
      'something was made twice',
    );
    assert.deepEqual(await ledgerOf(set), {
      effects: { confirmed: 2 * results.length },
      confirmedTwice: 0,
      withGaps: 0,
      undelivered: 0,
    });
    if (requests > ENOUGH) {
      assert.ok(
        failed / requests < 0.001,
        `${share(failed / requests)} of the requests failed`,
      );
    } else {
      assert.ok(
        failed <= 2 * kills,
        `${failed} requests failed with ${kills} kills`,
      );
    }
  },
);
