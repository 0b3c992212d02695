import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { startPortal } from '../../packages/app/e2e-tests/support/startPortal.mjs';
import { waitUntil } from '../../packages/app/e2e-tests/support/waitUntil.mjs';
import { assertSound, attack, requestOf } from './attack.mjs';
import { onApprovals } from './attacks/onApprovals.mjs';
import { onFiles } from './attacks/onFiles.mjs';
import { onOtherRoutes } from './attacks/onOtherRoutes.mjs';
import { onReading } from './attacks/onReading.mjs';
import { onStreams } from './attacks/onStreams.mjs';
import { onWorkflows } from './attacks/onWorkflows.mjs';
import { withAddresses } from './attacks/withAddresses.mjs';
import { withBodies } from './attacks/withBodies.mjs';
import { withForgedTokens } from './attacks/withForgedTokens.mjs';
import { withInjection } from './attacks/withInjection.mjs';
import { flood } from './flood.mjs';
import { send } from './send.mjs';
import { setTheScene } from './setTheScene.mjs';
import { takeInventory } from './takeInventory.mjs';

const SERVICE_TOKEN = 'red-team-service-token-0123456789';

const settings = {
  backend_auth_externalAccess: [
    {
      type: 'static',
      options: { token: SERVICE_TOKEN, subject: 'red-team' },
    },
  ],
};

const ATTACKS = {
  'tokens that are none': withForgedTokens,
  'signing what one may not': onApprovals,
  "other people's workflows": onWorkflows,
  'what is not theirs to see': onReading,
  'files that are not theirs': onFiles,
  'streams that are not theirs': onStreams,
  'bodies that hurt': withBodies,
  'words that are commands': withInjection,
  'addresses to be called': withAddresses,
  'every other route': onOtherRoutes,
};

/** Every route the portal describes, with those that are open marked. */
async function routesOf(scene) {
  const { text } = await send(
    scene.url,
    requestOf(scene, { as: 'ada', path: '/openapi.json' }),
  );
  return Object.entries(JSON.parse(text).paths).flatMap(([route, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path: route,
      open: operation.security?.length === 0,
    })),
  );
}

/** Whether a route of the portal answers the request of a case, be it with a refusal. */
function isRouted({ method, path: asked, json, body }, routes) {
  const sent =
    method ?? (json !== undefined || body !== undefined ? 'POST' : 'GET');
  const [place] = asked.split('?');
  return routes.some(
    route =>
      route.method === sent &&
      new RegExp(`^${route.path.replace(/\{\w+\}/g, '[^/]+')}/?$`, 'i').test(
        place,
      ),
  );
}

/** What Backstage's auditor wrote into the log of requests that were refused. */
function failuresTold(folder) {
  return fs
    .readFileSync(path.join(folder, 'portal.log'), 'utf8')
    .split('\n')
    .filter(line => /isAuditEvent/.test(line) && /failed/.test(line))
    .join('\n');
}

/** Sends the same decisions at once, many times over. Answers how many were taken. */
async function race(scene, approval, decisions) {
  const answers = await Promise.all(
    [...Array(5).keys()].flatMap(() =>
      decisions.map(({ as, ...decision }) =>
        send(
          scene.url,
          requestOf(scene, {
            as,
            path: `/approvals/${approval.approvalId}/decision`,
            json: { reason: 'I was first.', ...decision },
          }),
        ),
      ),
    ),
  );
  answers.forEach(answer => assertSound(answer, 'a decision in a race'));
  const statuses = answers.map(({ status }) => status);
  assert.deepEqual(
    statuses.filter(status => ![200, 409, 403].includes(status)),
    [],
  );
  return statuses.filter(status => status === 200).length;
}

test(
  'a red team against the running portal',
  { timeout: 10 * 60_000 },
  async t => {
    const portal = await startPortal(settings);
    t.after(() => portal.remove());
    const scene = await setTheScene(portal, SERVICE_TOKEN);
    t.after(() => scene.canary.stop());
    const routes = await routesOf(scene);
    assert.ok(routes.length > 10);
    const before = takeInventory(portal.folder);
    const refusedSignatures = [];
    const attempts = [];

    for (const [what, attacks] of Object.entries(ATTACKS)) {
      await t.test(what, async group => {
        const cases = await attacks(scene, routes);
        assert.ok(cases.length > 0);
        for (const attempt of cases) {
          await group.test(attempt.name, async () => {
            const mark = `red-team-${attempts.length}.`;
            const { status } = await attack(scene, { ...attempt, mark });
            attempts.push({ ...attempt, mark, status });
            // Refused by a rule, to somebody who is known: that is worth remembering.
            if (
              attempt.path.endsWith('/decision') &&
              [403, 409].includes(status)
            ) {
              refusedSignatures.push(attempt.name);
            }
          });
        }
      });
    }

    await t.test('nothing of it has changed anything', () => {
      assert.deepEqual(takeInventory(portal.folder), before);
    });

    await t.test('the auditor was told of everything that was refused', () => {
      const told = failuresTold(portal.folder);
      const ours = attempts.filter(
        attempt =>
          attempt.status >= 400 &&
          ![429, 431].includes(attempt.status) &&
          isRouted(attempt, routes),
      );
      assert.ok(ours.length > 300, `${ours.length} were refused`);
      assert.deepEqual(
        ours.filter(({ mark }) => !told.includes(mark)).map(({ name }) => name),
        [],
      );
    });

    await t.test('every refused signature is on record', async () => {
      const chains = await Promise.all(
        Object.values(scene.ids).map(id =>
          scene.clients.farah.call('GET', `/agentic/workflows/${id}/record`),
        ),
      );
      const refused = chains.flatMap(({ entries }) =>
        entries.filter(
          ({ kind, subject }) =>
            kind === 'request.refused' && /deci(de|sion)/i.test(subject),
        ),
      );
      assert.ok(refusedSignatures.length > 10);
      assert.ok(
        refused.length >= refusedSignatures.length,
        `${refused.length} of ${refusedSignatures.length} are`,
      );
      for (const id of Object.values(scene.ids)) {
        const { status } = await scene.clients.farah.call(
          'GET',
          `/agentic/workflows/${id}/record/verification`,
        );
        assert.equal(status, 'intact');
      }
    });

    await t.test('nobody was called', () => {
      assert.deepEqual(scene.canary.calls, []);
    });

    await t.test('the log was not written to by strangers', () => {
      const log = fs.readFileSync(
        path.join(portal.folder, 'portal.log'),
        'utf8',
      );
      assert.equal(/^RUN curl|^User: thanks|^id$/m.test(log), false);
      for (const token of Object.values(scene.tokens)) {
        assert.equal(log.includes(token), false, 'a token is in the log');
      }
    });

    await t.test('of two decisions at once, one is taken', async () => {
      const { staging } = scene.approvals;
      const { scopeHash } = staging;
      assert.equal(
        await race(scene, staging, [
          { as: 'ben', decision: 'reject', scopeHash },
          { as: 'ben', decision: 'approve', scopeHash },
          { as: 'ada', decision: 'approve', scopeHash },
          { as: 'chiara', decision: 'approve', scopeHash },
        ]),
        1,
      );
      const [decided] = (await scene.see(scene.ids.staging)).approvals;
      assert.equal(decided.decisions.length, 1);
      assert.equal(decided.decisions[0].decidedBy, 'user:default/ben.okafor');
    });

    await t.test(
      'a signature that was taken cannot be played again',
      async () => {
        const { staging, production } = scene.approvals;
        for (const approval of [staging, production]) {
          await attack(scene, {
            name: 'a replay',
            as: 'ben',
            path: `/approvals/${approval.approvalId}/decision`,
            json: {
              decision: 'approve',
              reason: 'Again.',
              scopeHash: staging.scopeHash,
            },
            refused: 409,
          });
        }
      },
    );

    await t.test('the portal still does its work', async () => {
      const id = await scene.start('after-the-attack', 'staging');
      const approval = await scene.parked(id);
      assert.equal(
        (await scene.decide('ben', approval, 'approve')).status,
        200,
      );
      await waitUntil(
        'the workflow is done',
        async () => (await scene.see(id)).phase === 'completed',
        { timeout: 120_000 },
      );
      const { status } = await send(portal.url, {
        path: '/api/agentic/health',
      });
      assert.equal(status, 200);
    });

    await t.test('a flood is turned away, and nobody else', () => flood(scene));
  },
);
