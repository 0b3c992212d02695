import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBrowser } from './support/chromium.mjs';
import { findAccessibilityViolations } from './support/findAccessibilityViolations.mjs';
import { PortalClient } from './support/PortalClient.mjs';
import { signIn } from './support/signIn.mjs';
import { startPortal } from './support/startPortal.mjs';
import { stepsOf } from './support/stepsOf.mjs';
import { waitUntil } from './support/waitUntil.mjs';
import { WorkflowPage } from './support/WorkflowPage.mjs';

const MAX_TABS = 400;

/** Presses Tab until the element has the focus; answers how often, or fails. */
async function tabTo(page, element) {
  for (let presses = 0; presses < MAX_TABS; presses += 1) {
    if (
      (await element.count()) === 1 &&
      (await element.evaluate(node => node === document.activeElement))
    ) {
      return presses;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Not reached with ${MAX_TABS} presses of Tab`);
}

test('everybody can use the pages', { timeout: 15 * 60_000 }, async t => {
  const portal = await startPortal();
  t.after(() => portal.remove());
  const browser = await openBrowser(portal);
  t.after(() => browser.close());
  const step = stepsOf(t, () => browser.reportFailure('accessibility'));
  const ada = new PortalClient(portal.url, 'ada.reyes');
  const { workflowId } = await ada.call('POST', '/agentic/workflows', {
    description:
      'Create a new microservice called stock-service with REST API, PostgreSQL, and deploy to staging',
  });
  const path = `/agentic/workflows/${workflowId}`;
  await waitUntil(
    'the workflow awaits its approval',
    async () => {
      const { phase } = await ada.call(
        'GET',
        `/agentic/workflows/${workflowId}`,
      );
      return phase === 'awaiting_approval';
    },
    { timeout: 180_000 },
  );

  const pages = [
    {
      name: 'the list of workflows',
      path: '/agentic/workflows',
      ready: page => page.getByRole('link', { name: 'stock-service' }).first(),
    },
    ...['overview', 'approval', 'files', 'logs', 'timeline', 'record'].map(
      tab => ({
        name: `the page of a workflow, ${tab}`,
        path: `${path}?tab=${tab}`,
        ready: page => page.getByRole('tabpanel'),
      }),
    ),
    {
      name: 'the inbox of approvals',
      path: '/agentic/approvals',
      ready: page => page.getByRole('article', { name: /stock-service/ }),
    },
    {
      name: 'a request with its plan',
      path: '/agentic/new',
      async prepare(page) {
        await page
          .getByRole('textbox', { name: 'Your request' })
          .fill('Create till-api, a Node REST API, deploy to staging');
        await page.getByRole('button', { name: 'Show the plan' }).click();
      },
      ready: page => page.getByRole('button', { name: 'Start', exact: true }),
    },
    {
      name: 'the agents',
      path: '/agentic/agents',
      ready: page => page.getByText('What the agents lean on'),
    },
    {
      name: 'the incidents',
      path: '/agentic/incidents?status=all',
      ready: page => page.getByRole('search', { name: 'Filter incidents' }),
    },
    {
      name: 'limits and the sweeper',
      path: '/agentic/operations',
      ready: page => page.getByText('Limits and budgets'),
    },
    {
      name: 'the audit log',
      path: '/agentic/audit',
      ready: page => page.getByRole('row', { name: /stock-service/ }).first(),
    },
    {
      name: 'the secrets',
      path: '/agentic/secrets',
      ready: page => page.getByText('All secrets'),
    },
  ];

  for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({ colorScheme });
    await signIn(page, 'Ben Okafor');
    for (const { name, path: address, prepare, ready } of pages) {
      await t.test(
        `no serious finding on ${name}, ${colorScheme}`,
        async () => {
          await page.goto(address);
          await prepare?.(page);
          await ready(page).waitFor();
          await page.waitForTimeout(500);
          const found = await findAccessibilityViolations(page);
          assert.deepEqual(found, []);
        },
      );
    }
    await page.context().close();
  }

  await step('the pages of requests fit a narrow screen', async () => {
    const page = await browser.newPage();
    await signIn(page, 'Ben Okafor');
    await page.setViewportSize({ width: 360, height: 740 });
    for (const { name, path: address, prepare, ready } of pages.filter(
      ({ path: of }) => of.startsWith('/agentic/') && !of.endsWith('/audit'),
    )) {
      await page.goto(address);
      await prepare?.(page);
      await ready(page).waitFor();
      const width = await page.evaluate(
        () => document.documentElement.scrollWidth,
      );
      assert.ok(width <= 360, `${name} is ${width} wide`);
    }
    await page.context().close();
  });

  await step('a decision needs a keyboard only', async () => {
    const page = await browser.newPage();
    await signIn(page, 'Ben Okafor', path);
    const workflow = new WorkflowPage(page);
    await workflow.waitForStatus('Awaiting approval');
    await tabTo(page, page.getByRole('button', { name: 'Review' }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('textbox', { name: /^Reason/ }));
    await page.keyboard.type('Stock is kept by the shop already.');
    await tabTo(page, page.getByRole('button', { name: 'Approve' }));
    await tabTo(page, page.getByRole('button', { name: 'Reject' }));
    await page.keyboard.press('Enter');
    await workflow.waitForStatus('Cancelled');
  });
});
