import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../../packages/app/e2e-tests/support/waitUntil.mjs';
import { prepareReplicas, server } from './startReplicas.mjs';

/** Each thing takes this long, so that there is a middle to do something in. */
const TOOL_MS = 1_500;

test(
  'three replicas on one database',
  {
    timeout: 10 * 60_000,
    skip: !server && 'AGENTIC_TEST_POSTGRES_URL names no server',
  },
  async t => {
    const set = await prepareReplicas(3, { toolMs: TOOL_MS });
    t.after(() => set.remove());
    const [first, second, third] = set.replicas;

    const phaseOf = async id => (await set.client('ada').workflow(id)).phase;
    const reaches = (id, phase) =>
      waitUntil(`${id} is ${phase}`, async () => (await phaseOf(id)) === phase);
    /** Begins at a replica, which then runs it, and is approved at another. */
    const begin = async (name, runner = first) => {
      const id = await set.client('ada', runner).ask(name);
      await reaches(id, 'awaiting_approval');
      await set.client('ben', third).approve(id);
      await waitUntil(`something of ${name} is being made`, async () => {
        const rows = await set.query(
          `select 1 from agentic.effects where workflow_id = '${id}' and status = 'started'`,
        );
        return rows.length > 0;
      });
      return id;
    };
    const made = name => {
      const all = set.made();
      return [all[`repo-${name}`] ?? 0, all[`process-${name}`] ?? 0];
    };

    await t.test(
      'launch together on an empty one, and migrate it once',
      async () => {
        await set.start();
        const twice = await set.query(
          'select name from agentic.knex_migrations group by name having count(*) > 1',
        );
        assert.deepEqual(twice, []);
        const [{ replicas }] = await set.query(
          'select count(*) as replicas from agentic.replicas',
        );
        assert.equal(Number(replicas), 3);
      },
    );

    await t.test('an approval given at one goes on at another', async () => {
      const id = await begin('approved-elsewhere');
      await reaches(id, 'completed');
      assert.deepEqual(made('approved-elsewhere'), [1, 1]);
    });

    await t.test(
      'pause and resume at others than the one that runs it',
      async () => {
        const id = await begin('paused-elsewhere');
        await set
          .client('ada', second)
          .call('POST', `/workflows/${id}/pause`, { reason: 'wait' });
        await sleep(2 * TOOL_MS + 1_000);
        assert.notEqual(await phaseOf(id), 'completed');
        await set
          .client('ada', third)
          .call('POST', `/workflows/${id}/resume`, {});
        await reaches(id, 'completed');
        assert.deepEqual(made('paused-elsewhere'), [1, 1]);
      },
    );

    await t.test('cancel at another than the one that runs it', async () => {
      const id = await begin('cancelled-elsewhere');
      await set
        .client('ada', third)
        .call('POST', `/workflows/${id}/cancel`, { reason: 'enough' });
      await waitUntil('it has ended', async () =>
        ['cancelled', 'rolled_back'].includes(await phaseOf(id)),
      );
      assert.deepEqual(made('cancelled-elsewhere'), [0, 0]);
    });

    for (const [when, victim, delay] of [
      ['before', first, 0],
      ['after', second, TOOL_MS * 0.75],
    ]) {
      await t.test(
        `the others take over when it is killed, ${when} something was made`,
        async () => {
          const name = `killed-${when}`;
          const id = await begin(name, victim);
          await sleep(delay);
          const killedAt = Date.now();
          await victim.kill();
          await reaches(id, 'completed');
          t.diagnostic(`completed ${Date.now() - killedAt} ms after the kill`);
          assert.deepEqual(made(name), [1, 1]);
        },
      );
    }
  },
);
