// Renders every variant, installs it, and puts it through its own lint, type
// check and tests, then runs it for real: migrations, health, readiness, the
// REST resource, graceful stop. Needs the registries of the languages; uses the
// PostgreSQL server that TEST_DATABASE_URL names, and says skipped without one.
// Given names of languages, looks at those only. A language that this machine
// cannot run is skipped, under CI it fails.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run, succeed } from './verify/commands.mjs';
import { expectThat, Report } from './verify/Report.mjs';
import { runService } from './verify/runService.mjs';
import { withDatabase } from './verify/withDatabase.mjs';

const require = createRequire(import.meta.url);
require('@backstage/cli-node/config/nodeTransform.cjs');
const {
  findTemplate,
  launchSpec,
  listTemplates,
  renderService,
} = require('../src');

const serverUrl =
  process.env.TEST_DATABASE_URL ?? process.env.AGENTIC_TEST_POSTGRES_URL;
const atOnce = 2;

async function verifyMigrations(report, { command, folder, environment }) {
  const { up, down, status } = command;
  await report.check('migrates up, down and up again', async () => {
    await succeed(folder, up, environment);
    await succeed(folder, down, environment);
    expectThat(
      (await succeed(folder, status, environment)).includes('"applied":false'),
      'the migration is still applied after going back',
    );
    await succeed(folder, up, environment);
    await succeed(folder, up, environment);
  });
}

function write(folder, spec) {
  const template = findTemplate(spec);
  for (const { path, content, mode } of renderService(spec, {
    provenance: {
      generator: 'verify-generated',
      requestId: 'verify-1',
      requestedBy: 'user:default/verify',
      approvals: {},
      purpose: spec.description,
      template: template.id,
      templateHash: template.hash,
    },
  })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content, { mode });
  }
}

async function verify(report, spec, language) {
  const launch = launchSpec(spec);
  const missing = await language.findMissing();
  if (missing && !process.env.CI) {
    report.skip(spec.language, missing);
    return;
  }
  const usable = await report.check(`the runtime of ${spec.language}`, () =>
    expectThat(!missing, missing),
  );
  if (!usable) {
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'verify-generated-'));
  const plain = { PATH: process.env.PATH, LOG_LEVEL: 'info' };
  try {
    write(folder, spec);
    if (!(await language.build({ report, folder, launch, plain, serverUrl }))) {
      return;
    }
    const command = language.commandFor(launch.argv, folder);
    const service = { folder, command, launch };
    if (!launch.databaseUrlVariable) {
      await runService(
        report,
        { ...service, environment: plain },
        { ready: true },
      );
      return;
    }
    await report.check(
      'does not start without its settings and names them',
      async () => {
        const { code, output } = await run(folder, command, plain, 30_000);
        expectThat(code === 1, `it ended with ${code}`);
        expectThat(
          output.includes(launch.databaseUrlVariable),
          `it said only:\n${output}`,
        );
      },
    );
    const unreachable = {
      ...plain,
      [launch.databaseUrlVariable]: 'postgres://nobody@127.0.0.1:1/none',
    };
    await runService(
      report,
      { ...service, environment: unreachable },
      { ready: false },
    );
    if (!serverUrl) {
      report.skip('migrations and the resource', 'there is no PostgreSQL');
      return;
    }
    await withDatabase(serverUrl, async url => {
      const environment = { ...plain, [launch.databaseUrlVariable]: url };
      const { up, down, status } = launch.migrations;
      await verifyMigrations(report, {
        folder,
        environment,
        command: {
          up: language.commandFor(up, folder),
          down: language.commandFor(down, folder),
          status: language.commandFor(status, folder),
        },
      });
      await runService(report, { ...service, environment }, { ready: true });
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const startedAt = Date.now();
const wanted = process.argv.slice(2);
const waiting = listTemplates()
  .filter(each => wanted.length === 0 || wanted.includes(each.language))
  .flatMap(template =>
    template.databases.map(database => ({ template, database })),
  );
const counts = { passed: 0, failed: 0, skipped: 0 };

async function work() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { template, database } = next;
    const report = new Report(`${template.id} with ${database}`);
    const language = await import(`./verify/${template.language}.mjs`);
    const spec = {
      name: 'order-item-service',
      description: `Keeps "order items" – it's {{ not }} a \${template}`,
      owner: 'group:default/team-a',
      language: template.language,
      pattern: template.pattern,
      database,
      environment: 'staging',
      port: 8080,
    };
    await report.check('is verified to the end', () =>
      verify(report, spec, language),
    );
    report.print();
    for (const outcome of Object.keys(counts)) {
      counts[outcome] += report.counts[outcome];
    }
  }
}

await Promise.all(Array.from({ length: atOnce }, work));
const seconds = Math.round((Date.now() - startedAt) / 1000);
process.stdout.write(
  `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped in ${seconds} s\n`,
);
process.exitCode = counts.failed === 0 ? 0 : 1;
