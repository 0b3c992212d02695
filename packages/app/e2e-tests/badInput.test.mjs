import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { openBrowser } from './support/chromium.mjs';
import { PortalClient } from './support/PortalClient.mjs';
import { signIn } from './support/signIn.mjs';
import { startPortal } from './support/startPortal.mjs';
import { stepsOf } from './support/stepsOf.mjs';
import {
  choose,
  fillService,
  nameField,
  next,
  openTemplate,
  reviewAndCreate,
} from './support/templateForm.mjs';
import { WorkflowPage } from './support/WorkflowPage.mjs';

const TEMPLATE = 'Microservice with a database';
const OWNER = 'Payments team';

const HOSTILE_NAMES = [
  ['a path', '../x'],
  ['a blank', 'a b'],
  ['too long', 'a'.repeat(300)],
  ['a look-alike letter', 'user-servi\u0441e'],
  ['a shell command', '$(touch x)'],
  ['a template expression', '${{ 7 * 7 }}'],
  ['an option', '--upload-pack=x'],
  ['capital letters', 'UserService'],
];

const NOT_BUILT = [{ choice: { Database: 'DynamoDB' }, message: /dynamodb/i }];

test('bad input through the pages', { timeout: 15 * 60_000 }, async t => {
  const portal = await startPortal();
  t.after(() => portal.remove());
  const browser = await openBrowser(portal);
  t.after(() => browser.close());
  const step = stepsOf(t, () => browser.reportFailure('bad-input'));
  const ada = new PortalClient(portal.url, 'ada.reyes');
  const page = await browser.newPage();

  const nothingWasMade = async () => {
    const { items } = await ada.call('GET', '/agentic/workflows');
    assert.deepEqual(items, []);
    for (const folder of ['repositories', 'releases', 'deployments']) {
      const place = path.join(portal.folder, 'data', folder);
      assert.deepEqual(fs.existsSync(place) ? fs.readdirSync(place) : [], []);
    }
  };

  await step('a name that cannot be one is refused at its field', async () => {
    await signIn(page, 'Ada Reyes');
    await openTemplate(page, TEMPLATE);
    await fillService(page, { name: 'placeholder', owner: OWNER });
    for (const [what, name] of HOSTILE_NAMES) {
      await nameField(page).fill(name);
      await next(page);
      await page
        .locator('.MuiFormControl-root', { has: nameField(page) })
        .locator('.Mui-error')
        .first()
        .waitFor();
      assert.equal(
        await page.getByRole('button', { name: /^Language/ }).count(),
        0,
        `${what} got through`,
      );
    }
    await nothingWasMade();
  });

  for (const { choice, message } of NOT_BUILT) {
    const [wanted] = Object.values(choice);
    await step(`${wanted} is refused with the planner's reason`, async () => {
      await page.goto('/');
      await openTemplate(page, TEMPLATE);
      await fillService(page, { name: 'invoice-service', owner: OWNER });
      await next(page);
      await choose(page, choice);
      await reviewAndCreate(page);
      const failure = page.getByRole('alert').filter({ hasText: message });
      await failure.first().waitFor();
      assert.equal(
        await page.getByRole('link', { name: 'Follow the workflow' }).count(),
        0,
      );
      await nothingWasMade();
    });
  }

  await step('a rejected workflow is cancelled and says why', async () => {
    const { workflowId } = await ada.call('POST', '/agentic/workflows', {
      description:
        'Create a new microservice called stock-service with REST API, PostgreSQL, and deploy to staging',
    });
    const ben = await browser.newPage();
    const workflow = new WorkflowPage(ben);
    await signIn(ben, 'Ben Okafor', `/agentic/workflows/${workflowId}`);
    await workflow.waitForStatus('Awaiting approval');
    await workflow.openTab('Approval');
    const reject = ben.getByRole('button', { name: 'Reject' });
    await reject.click();
    await ben.getByText(/Say why you reject/).waitFor();
    await workflow.waitForStatus('Awaiting approval');
    const reason = 'Stock is kept by the shop already.';
    await ben.getByRole('textbox', { name: /^Reason/ }).fill(reason);
    await reject.click();
    await workflow.waitForStatus('Cancelled');
    await ben.getByText(reason).first().waitFor();

    await page.goto(`/agentic/workflows/${workflowId}?tab=approval`);
    await page.getByText(reason).first().waitFor();
    await new WorkflowPage(page).waitForStatus('Cancelled');
    assert.equal(
      fs.existsSync(
        path.join(portal.folder, 'data/repositories/stock-service.git'),
      ),
      false,
    );
  });
});
