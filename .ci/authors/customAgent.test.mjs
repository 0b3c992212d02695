import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { PortalClient } from '../../packages/app/e2e-tests/support/PortalClient.mjs';
import { startPortal } from '../../packages/app/e2e-tests/support/startPortal.mjs';
import { stepsOf } from '../../packages/app/e2e-tests/support/stepsOf.mjs';
import { waitUntil } from '../../packages/app/e2e-tests/support/waitUntil.mjs';

const SERVICE = 'user-service';
const request = {
  description: `Create ${SERVICE} with a REST API, deploy to development`,
};

/** What examples/custom-agent/README.md says one can see, in the example portal. */
test('the custom agent at work', { timeout: 5 * 60_000 }, async t => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'agentic-runbooks-'));
  const portal = await startPortal({ agentic_runbook_folder: folder });
  t.after(async () => {
    await portal.remove();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  const step = stepsOf(t);
  const ben = new PortalClient(portal.url, 'ben.okafor');
  const chiara = new PortalClient(portal.url, 'chiara.rossi');
  const page = path.join(folder, `${SERVICE}.md`);
  let workflowId;

  const promote = async (lane, workflows) => {
    const { changes } = await ben.call('GET', '/agentic/agents/runbook/lanes');
    await ben.call('POST', '/agentic/agents/runbook/lane', {
      lane,
      reason: 'It does what it says.',
      evidence: { seen: 'What it would write.', workflows },
      after: changes[0]?.seq ?? 0,
    });
  };
  const workflow = () => ben.call('GET', `/agentic/workflows/${workflowId}`);
  const taskOf = ({ tasks }) => tasks.find(({ agent }) => agent === 'runbook');
  const sign = async () => {
    const { approvals } = await workflow();
    for (const approval of approvals) {
      if (approval.status === 'open') {
        for (const [role, person] of [
          ['strategic', chiara],
          ['final', ben],
        ]) {
          if (approval.requiredRoles.includes(role)) {
            await person.request(
              'POST',
              `/agentic/approvals/${approval.approvalId}/decision`,
              {
                decision: 'approve',
                role,
                reason: 'As shown.',
                scopeHash: approval.scopeHash,
              },
            );
          }
        }
      }
    }
  };

  await step('it is listed, and may not even simulate yet', async () => {
    const { items } = await ben.call('GET', '/agentic/agents');
    const agent = items.find(({ id }) => id === 'runbook');
    assert.deepEqual(agent.tools, ['runbook.read', 'runbook.write']);
    assert.equal(agent.effectiveLane, 'read_only');
    const ada = new PortalClient(portal.url, 'ada.reyes');
    const { status, body } = await ada.request(
      'POST',
      '/agentic/workflows',
      request,
    );
    assert.equal(status, 400);
    assert.match(JSON.stringify(body), /promoted to dry_run/);
  });

  await step(
    'promoted, it has a task in the plan, after the deployment',
    async () => {
      await promote('dry_run', []);
      const ada = new PortalClient(portal.url, 'ada.reyes');
      ({ workflowId } = await ada.call('POST', '/agentic/workflows', request));
      const { agent, title } = taskOf(await workflow());
      assert.deepEqual([agent, title], ['runbook', 'Write the runbook']);
    },
  );

  await step('it shows what it would write, and writes nothing', async () => {
    await waitUntil(
      'its dry run is shown',
      async () => {
        const seen = await workflow();
        if (seen.phase === 'failed') {
          throw new Error(JSON.stringify(seen.error));
        }
        await sign();
        return seen.effects?.some(
          ({ tool, dryRun }) => tool === 'runbook.write' && dryRun,
        );
      },
      { timeout: 150_000 },
    );
    assert.ok(!fs.existsSync(page));
  });

  await step(
    'promoted once more and approved, it writes the page',
    async () => {
      await promote('execute', [workflowId]);
      await waitUntil(
        'the workflow has ended',
        async () => {
          await sign();
          return (await workflow()).phase === 'completed';
        },
        { timeout: 120_000 },
      );
      const text = fs.readFileSync(page, 'utf8');
      assert.match(text, new RegExp(`^# ${SERVICE}\n`));
      assert.ok(text.includes(workflowId));
    },
  );
});
