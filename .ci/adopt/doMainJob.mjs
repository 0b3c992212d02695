import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { openBrowser } from '../../packages/app/e2e-tests/support/chromium.mjs';
import { waitUntil } from '../../packages/app/e2e-tests/support/waitUntil.mjs';
import { runStep } from './runStep.mjs';

const SERVICE = 'user-service';
const ENDS = ['completed', 'failed', 'cancelled', 'rolled_back'];

/** Each page of ours with its title, as both frontend systems show it. */
const PAGES = {
  '/agentic/workflows': 'Workflows',
  '/agentic/approvals': 'Approvals',
  '/agentic/new': 'New request',
  '/agentic/agents': 'Agents',
  '/agentic/audit': 'Audit log',
  '/agentic/incidents': 'Incidents',
  '/agentic/operations': 'Operations',
  '/agentic/secrets': 'Secrets',
};

async function signInAsGuest(page) {
  await page.goto('/agentic/workflows');
  const enter = page.getByRole('button', { name: 'Enter' });
  const title = page.getByRole('heading', { level: 1, name: 'Workflows' });
  await enter.or(title).first().waitFor();
  if (await enter.isVisible()) {
    await enter.click();
  }
  await title.waitFor();
}

/**
 * The main job in an adopted portal that runs: a workflow begun by one person,
 * approved by another, with a service that runs, is shown, and is on record.
 */
export async function doMainJob(t, { portal, step, becomeSecondPerson }) {
  let page;
  let workflowId;
  let deployment;
  const broken = [];
  const open = async browser => {
    page = await browser.newPage();
    page.on('pageerror', error => broken.push(error.message));
    await signInAsGuest(page);
  };

  const phase = (...wanted) =>
    waitUntil(
      `the workflow is ${wanted.join(' or ')}`,
      async () => {
        const workflow = await portal.call(
          'GET',
          `/agentic/workflows/${workflowId}`,
        );
        return wanted.includes(workflow.phase) && workflow;
      },
      { timeout: 300_000 },
    );
  const openApprovals = async () =>
    (
      await portal.call(
        'GET',
        `/agentic/approvals?status=open&workflowId=${workflowId}`,
      )
    ).items;
  const approve = ({ approvalId, scopeHash }) =>
    portal.call('POST', `/agentic/approvals/${approvalId}/decision`, {
      decision: 'approve',
      reason: 'As planned.',
      scopeHash,
    });
  const browser = await openBrowser(portal);
  t.after(() => browser.close());

  await step('every page is there for the guest', async () => {
    await open(browser);
    for (const [at, title] of Object.entries(PAGES)) {
      await page.goto(at);
      await page
        .getByRole('heading', { level: 1, name: title, exact: true })
        .waitFor();
    }
    await page.getByRole('link', { name: 'Approvals' }).first().waitFor();
  });

  await step(
    'the guest asks for a service; it waits for approval',
    async () => {
      ({ workflowId } = await portal.call('POST', '/agentic/workflows', {
        description: `Create ${SERVICE} with a REST API and PostgreSQL, deploy to staging`,
        parameters: { owner: 'group:default/guests' },
      }));
      await phase('awaiting_approval', ...ENDS);
      await page.goto(`/agentic/workflows/${workflowId}`);
      await page
        .getByRole('status', { name: 'Workflow status' })
        .getByText('Awaiting approval')
        .waitFor();
      const [approval] = await openApprovals();
      await assert.rejects(approve(approval), /answered 403/);
    },
  );

  await step('after a new start, another person approves it', async () => {
    await portal.stop();
    await becomeSecondPerson();
    await portal.start();
    await open(browser);
    for (const approval of await openApprovals()) {
      await approve(approval);
    }
    const workflow = await phase(...ENDS);
    assert.equal(workflow.phase, 'completed', JSON.stringify(workflow.error));
    [deployment] = workflow.deployments;
  });

  await step('the service answers', async () => {
    const response = await fetch(`${deployment.url}/health`);
    assert.equal(response.status, 200);
  });

  await step('its page in the catalog shows what made it', async () => {
    await waitUntil('the catalog has the service', () =>
      portal
        .call('GET', `/catalog/entities/by-name/component/default/${SERVICE}`)
        .catch(() => false),
    );
    await page.goto(`/catalog/default/component/${SERVICE}`);
    await page.getByRole('link', { name: 'Open workflow' }).waitFor();
    await page.goto(`/catalog/default/component/${SERVICE}/workflows`);
    await page
      .getByRole('table', { name: `Workflows of ${SERVICE}` })
      .getByText('Completed')
      .waitFor();
  });

  await step('the software templates are offered', async () => {
    for (const name of ['microservice-with-db', 'rest-service']) {
      const { spec } = await waitUntil(`the catalog has ${name}`, () =>
        portal
          .call('GET', `/catalog/entities/by-name/template/default/${name}`)
          .catch(() => false),
      );
      assert.equal(spec.steps[0].action, 'agentic:workflow:start');
    }
  });

  await step('the template actions are there', async () => {
    const actions = await portal.call('GET', '/scaffolder/v2/actions');
    const ids = actions.map(({ id }) => id);
    assert.ok(ids.includes('agentic:workflow:start'), ids.join(', '));
    assert.ok(ids.includes('agentic:generate'), ids.join(', '));
  });

  await step(
    'the record is intact, and verified by the packed command',
    async () => {
      const record = await portal.call(
        'GET',
        `/agentic/workflows/${workflowId}/record`,
      );
      const file = path.join(portal.folder, 'record.json');
      fs.writeFileSync(file, JSON.stringify(record));
      await runStep(
        portal.folder,
        `node node_modules/@agentic-backstage/change-record/bin/agentic-verify ${file}`,
      );
    },
  );

  await step('it is stopped', async () => {
    await portal.call(
      'POST',
      `/agentic/deployments/${deployment.deploymentId}/stop`,
      { reason: 'The test is over.' },
    );
    await waitUntil('nobody answers', () =>
      fetch(`${deployment.url}/health`).then(
        () => false,
        () => true,
      ),
    );
  });

  await step('no script of the pages failed', () => {
    assert.deepEqual(broken, []);
  });
}
