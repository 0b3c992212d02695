import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { PortalClient } from '../../packages/app/e2e-tests/support/PortalClient.mjs';
import {
  commandLineOf,
  processesOf,
} from '../../packages/app/e2e-tests/support/processesOf.mjs';
import { startPortal } from '../../packages/app/e2e-tests/support/startPortal.mjs';
import { waitUntil } from '../../packages/app/e2e-tests/support/waitUntil.mjs';
import { WorkflowHistory } from './WorkflowHistory.mjs';
import { carryOut } from './carryOut.mjs';
import { killAt, killPointsOf } from './killPoints.mjs';
import { lookAtWorld, runningVersionsOf, withoutName } from './lookAtWorld.mjs';
import { recordOf } from './recordOf.mjs';

/** Points from one kill to the next in the same workflow, when every point is walked. */
const STRIDE = 10;
/** Kills in the one workflow of the sample. */
const SAMPLE = 6;
const full = Boolean(process.env.AGENTIC_TEST_FULL);
/** One of the walks of the full run, 1 to 10, to take it again alone. */
const only = Number(process.env.AGENTIC_CRASH_WALK_FROM ?? 0);

/** Everything that is the same whether the portal was killed or not. */
async function endOf(portal, serviceName) {
  const workflow = await carryOut(portal, serviceName);
  const history = new WorkflowHistory(portal.folder);
  try {
    const record = await recordOf(history, workflow);
    const [deployment] = workflow.deployments;
    const client = new PortalClient(portal.url, 'ada.reyes');
    const world = await lookAtWorld({
      folder: portal.folder,
      client,
      serviceName,
      url: deployment?.url,
    });
    const events = history.events(workflow.workflowId);
    return {
      workflow,
      events,
      end: withoutName({ record, world }, serviceName),
    };
  } finally {
    history.close();
  }
}

async function stopService(portal, { workflow }) {
  const client = new PortalClient(portal.url, 'ada.reyes');
  for (const { deploymentId } of workflow.deployments) {
    await client.call('POST', `/agentic/deployments/${deploymentId}/stop`, {});
  }
  await waitUntil(
    `nothing of ${workflow.serviceName} runs`,
    () => runningVersionsOf(portal.folder, workflow.serviceName).length === 0,
  );
}

/** Goes on with the workflow until the portal is killed at the point, or the workflow has ended. */
async function goOnUntilKilled(portal, serviceName, point) {
  const killed = new AbortController();
  const done = new AbortController();
  const killing = killAt(portal, serviceName, point, {
    done: done.signal,
    onKill: () => killed.abort(),
  });
  await carryOut(portal, serviceName, killed.signal).finally(() =>
    done.abort(),
  );
  return killing;
}

/** Kills at each of the points in turn, and starts the portal again after each. Answers how often. */
async function killAndStart(portal, serviceName, points, losesEngine, t) {
  let kills = 0;
  let last = 0;
  for (const point of points) {
    if (point.seq >= last) {
      const step = await goOnUntilKilled(portal, serviceName, point);
      if (step !== undefined) {
        kills += 1;
        last = step;
        t.diagnostic(
          `killed ${point.delay} ms after step ${point.seq}, at step ${step}${
            losesEngine(kills) ? ', the data of the engine lost' : ''
          }`,
        );
        if (losesEngine(kills)) {
          const engine = path.join(portal.folder, 'data', 'engine');
          assert.ok(fs.existsSync(engine));
          fs.rmSync(engine, { recursive: true });
        }
        await portal.start();
      }
    }
  }
  return kills;
}

test(
  'the whole portal, killed with SIGKILL between any two steps',
  { timeout: (full ? 120 : 15) * 60_000 },
  async t => {
    const portal = await startPortal();
    t.after(() => portal.remove());
    const reference = await endOf(portal, 'walk-undisturbed');
    assert.equal(reference.end.record.phase, 'completed');
    assert.equal(reference.end.record.withoutGaps, true);
    assert.equal(reference.end.world.repositories[0].commits, 1);
    assert.equal(reference.end.world.versions, 1);
    assert.equal(reference.end.world.health, 200);
    await stopService(portal, reference);

    const points = killPointsOf(reference.events);
    t.diagnostic(
      `${reference.events.length} steps, ${points.length} points to kill at`,
    );
    assert.ok(points.length > 30);
    const stride = full ? STRIDE : Math.ceil(points.length / SAMPLE);
    const walks = full
      ? [...Array(STRIDE).keys()]
          .filter(offset => !only || offset + 1 === only)
          .map(offset => ({
            offset,
            losesEngine: () => offset % 2 === 1,
          }))
      : [
          {
            offset: Math.floor(stride / 2),
            losesEngine: kills => kills % 2 === 0,
          },
        ];
    for (const { offset, losesEngine } of walks) {
      const chosen = points.filter((_, index) => index % stride === offset);
      await t.test(
        `ends as it would have after ${chosen.length} kills from point ${
          offset + 1
        }`,
        async step => {
          const name = `walk-from-${offset + 1}`;
          const kills = await killAndStart(
            portal,
            name,
            chosen,
            losesEngine,
            step,
          );
          assert.ok(kills >= chosen.length / 2, `only ${kills} kills`);
          const outcome = await endOf(portal, name);
          assert.deepEqual(outcome.end, reference.end);
          await stopService(portal, outcome);
        },
      );
    }

    await t.test('leaves no process behind', async () => {
      await portal.stop();
      await waitUntil(
        'the end of everything the portal started',
        () => processesOf(portal.folder).length === 0,
      ).catch(() => undefined);
      assert.deepEqual(processesOf(portal.folder).map(commandLineOf), []);
    });
  },
);
