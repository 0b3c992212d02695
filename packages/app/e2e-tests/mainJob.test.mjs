import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { cloneRepository, runOwnTests } from './support/clonedService.mjs';
import { openBrowser } from './support/chromium.mjs';
import { isListening } from './support/freePort.mjs';
import { LANGUAGES } from './support/languages.mjs';
import { commandLineOf, processesOf } from './support/processesOf.mjs';
import { signIn, signOut } from './support/signIn.mjs';
import { startPortal } from './support/startPortal.mjs';
import { stepsOf } from './support/stepsOf.mjs';
import { takePicture } from './support/takePicture.mjs';
import {
  choose,
  fillService,
  next,
  openTemplate,
  reviewAndCreate,
} from './support/templateForm.mjs';
import { waitUntil } from './support/waitUntil.mjs';
import { WorkflowPage } from './support/WorkflowPage.mjs';

const SERVICE = 'order-service';
const REASON = 'The dry run shows what we want.';
const TASKS = [
  'Generate repository structure',
  'Create Terraform modules for RDS',
  'Generate CI/CD pipeline config',
  'Deploy infrastructure',
  'Run compliance checks',
  'Verify health metrics',
];

async function health(url) {
  const response = await fetch(`${url}/health`);
  return { status: response.status, body: await response.json() };
}

for (const language of LANGUAGES) {
  test(
    `from Create to a running service in ${language.title}, and until it is stopped`,
    { timeout: 20 * 60_000, skip: language.skip },
    t => mainJob(t, language),
  );
}

async function mainJob(t, language) {
  const portal = await startPortal();
  t.after(() => portal.remove());
  const browser = await openBrowser(portal);
  t.after(() => browser.close());
  const step = stepsOf(t, () =>
    browser.reportFailure(`main-job-${language.id}`),
  );
  const page = await browser.newPage();
  const workflow = new WorkflowPage(page);
  const brokenScripts = [];
  page.on('pageerror', error => brokenScripts.push(error.message));
  const releases = path.join(portal.folder, 'data', 'releases', SERVICE);
  let workflowPath;
  let repositoryUrl;
  let serviceUrl;
  // The pictures of the documentation show one of the languages.
  const picture = async name => {
    if (language.id === 'nodejs') {
      await takePicture(page, name, portal);
    }
  };

  await step('Ada asks for a service with a database', async () => {
    await signIn(page, 'Ada Reyes');
    await openTemplate(page, 'Microservice with a database');
    await fillService(page, {
      name: SERVICE,
      description: 'Keeps the orders of customers.',
      owner: 'Payments team',
    });
    await next(page);
    await choose(page, {
      Language: language.title,
      Database: 'PostgreSQL',
      'Deploy to': 'staging',
    });
    await reviewAndCreate(page);
    await page.getByRole('link', { name: 'Follow the workflow' }).click();
    await workflow.status().waitFor();
    workflowPath = new URL(page.url()).pathname;
    assert.match(workflowPath, /^\/agentic\/workflows\/wf-/);
  });

  await step('its six tasks are worked on before her eyes', async () => {
    await workflow.markDocument();
    for (const [index, title] of TASKS.entries()) {
      await workflow
        .task(`t${index + 1}`)
        .getByText(title)
        .waitFor();
    }
    await workflow.waitForStatus('Awaiting approval');
    for (const id of ['t1', 't2', 't3']) {
      await workflow.task(id).getByText('Completed').waitFor();
    }
    await workflow.task('t4').getByText('Awaiting approval').waitFor();
    await workflow.task('t6').getByText('Pending').waitFor();
    assert.equal(await workflow.wasReloaded(), false);
    await picture('workflow-page');
  });

  await step('she cannot approve it herself', async () => {
    await page.getByRole('button', { name: 'Review' }).click();
    const approve = page.getByRole('button', { name: 'Approve' });
    await approve.waitFor();
    assert.equal(await approve.isDisabled(), true);
    assert.equal(
      await page.getByRole('button', { name: 'Reject' }).isDisabled(),
      true,
    );
    await page
      .getByText(/You requested this change, so somebody else has to/)
      .waitFor();
    assert.equal(fs.existsSync(releases), false);
  });

  await step('Ben finds it in his inbox and sees the dry run', async () => {
    await signOut(page);
    await signIn(page, 'Ben Okafor');
    await page.getByRole('link', { name: 'Approvals' }).first().click();
    await page.getByRole('heading', { name: /^Yours to decide now/ }).waitFor();
    const entry = page.getByRole('article', { name: new RegExp(SERVICE) });
    await entry.getByText('Why it is asked of you').waitFor();
    await picture('approvals-inbox');
    await entry.getByRole('link', { name: 'Deploy infrastructure' }).click();
    await page.getByText('What would change').first().waitFor();
    for (const tool of [
      'git.publish',
      'postgres.provision',
      'process.deploy',
      'catalog.register',
    ]) {
      await page.getByRole('heading', { name: tool }).waitFor();
    }
    await page
      .getByText(/files created, 0 updated, 0 deleted/)
      .first()
      .waitFor();
    await picture('approval-of-ben');
  });

  await step('he approves, and it completes before his eyes', async () => {
    await workflow.markDocument();
    const live = page.getByText('Live', { exact: true });
    await live.waitFor();
    await page.getByRole('textbox', { name: /^Reason/ }).fill(REASON);
    await page.getByRole('button', { name: 'Approve' }).click();
    await workflow.waitForStatus('Completed', 300_000);
    assert.equal(await workflow.wasReloaded(), false);
    for (const [index] of TASKS.entries()) {
      await workflow
        .task(`t${index + 1}`)
        .getByText('Completed')
        .waitFor();
    }
    await page.getByText(REASON).first().waitFor();
    await workflow.openTab('Overview');
    await picture('workflow-completed');
  });

  await step('the files can be read', async () => {
    await workflow.openTab('Files');
    await page.getByRole('combobox', { name: 'Artifact' }).click();
    await page.getByRole('option', { name: /repository/ }).click();
    await page.getByRole('button', { name: 'README.md' }).click();
    const content = page.getByLabel('Content of README.md');
    await content.getByText(SERVICE).first().waitFor();
    await picture('workflow-files');
  });

  await step(
    'the deployment says where it runs, and how walled off',
    async () => {
      await workflow.openTab('Deployment');
      serviceUrl = await page
        .getByRole('link', { name: /^http:\/\/127\.0\.0\.1:\d+/ })
        .getAttribute('href');
      assert.match(
        await workflow.fact('Isolation').textContent(),
        /isolated|bubblewrap/,
      );
      repositoryUrl = (await workflow.fact('Repository').textContent()).trim();
      await picture('workflow-deployment');
    },
  );

  await step('the repository can be cloned, and its tests pass', async () => {
    const clone = await cloneRepository(
      repositoryUrl,
      path.join(portal.folder, 'clone'),
    );
    const catalogInfo = fs.readFileSync(
      path.join(clone, 'catalog-info.yaml'),
      'utf8',
    );
    assert.match(catalogInfo, new RegExp(`name: ${SERVICE}\\n`));
    assert.ok(catalogInfo.includes(path.basename(workflowPath)), catalogInfo);
    assert.match(catalogInfo, /owner: "?group:default\/team-payments/);
    assert.ok((await runOwnTests(clone, language.id)) > 0);
  });

  await step('the service answers', async () => {
    const { status, body } = await health(serviceUrl);
    assert.equal(status, 200);
    assert.ok(JSON.stringify(body).includes(SERVICE), JSON.stringify(body));
  });

  await step('the catalog shows the service with its workflow', async () => {
    await page.goto(`/catalog/default/component/${SERVICE}`);
    await page.getByRole('link', { name: 'Open workflow' }).waitFor();
    await page
      .getByRole('navigation', { name: 'Content navigation' })
      .getByRole('link', { name: 'Workflows' })
      .click();
    await page
      .getByRole('table', { name: `Workflows of ${SERVICE}` })
      .getByText('Completed')
      .waitFor();
    await picture('entity-workflows');
  });

  await step('it outlives the portal', async () => {
    await portal.stop();
    assert.equal(await isListening(portal.port), false);
    assert.equal((await health(serviceUrl)).status, 200);
    const before = processesOf(releases);
    await portal.start();
    assert.deepEqual(processesOf(releases), before);
    assert.equal((await health(serviceUrl)).status, 200);
    await page.goto(`${workflowPath}?tab=deployment`);
    await workflow.waitForStatus('Completed');
    const panel = page.getByRole('region', { name: new RegExp(SERVICE) });
    await panel.getByText('Running', { exact: true }).waitFor();
  });

  await step('it is stopped, and nothing is left', async () => {
    assert.ok(processesOf(releases).length > 0);
    const panel = page.getByRole('region', { name: new RegExp(SERVICE) });
    await panel.getByRole('button', { name: 'Stop' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The service stops answering.').waitFor();
    await dialog.getByRole('button', { name: 'Stop' }).click();
    await panel.getByText('Stopped', { exact: true }).first().waitFor();
    await waitUntil('the port of the service is closed', async () => {
      return !(await isListening(Number(new URL(serviceUrl).port)));
    });
    assert.deepEqual(processesOf(releases).map(commandLineOf), []);
  });

  await step('no script of the pages failed', () => {
    assert.deepEqual(brokenScripts, []);
  });
}
