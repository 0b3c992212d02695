// Renders every variant, installs it, and puts it through its own lint, type
// check and tests, then runs it for real: migrations, health, readiness, the
// REST resource, graceful stop. Needs an npm registry; uses the PostgreSQL
// server that TEST_DATABASE_URL names, and says skipped without one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const require = createRequire(import.meta.url);
require('@backstage/cli-node/config/nodeTransform.cjs');
const {
  findTemplate,
  launchSpec,
  listTemplates,
  renderService,
} = require('../src');

const serverUrl = process.env.TEST_DATABASE_URL;
const unknownId = '00000000-0000-4000-8000-000000000000';
const counts = { passed: 0, failed: 0, skipped: 0 };

class CheckFailed extends Error {}

function expectThat(condition, message) {
  if (!condition) {
    throw new CheckFailed(message);
  }
}

async function check(name, work) {
  const startedAt = Date.now();
  try {
    await work();
    counts.passed += 1;
    process.stdout.write(`  ok    ${name} (${Date.now() - startedAt} ms)\n`);
    return true;
  } catch (error) {
    counts.failed += 1;
    const reason = error instanceof CheckFailed ? error.message : error.stack;
    process.stdout.write(
      `  FAIL  ${name}\n${reason.replace(/^/gm, '        ')}\n`,
    );
    return false;
  }
}

function skip(name, reason) {
  counts.skipped += 1;
  process.stdout.write(`  skip  ${name}: ${reason}\n`);
}

/** Runs a command to its end. Services see only what they are given, npm also needs its settings. */
async function run(
  folder,
  [command, ...args],
  environment,
  timeoutMs = 300_000,
) {
  const child = spawn(command === 'node' ? process.execPath : command, args, {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
  });
  let output = '';
  child.stdout.on('data', chunk => (output += chunk));
  child.stderr.on('data', chunk => (output += chunk));
  const [code] = await once(child, 'close');
  return { code, output };
}

async function succeed(folder, argv, environment) {
  const { code, output } = await run(folder, argv, environment);
  expectThat(
    code === 0,
    `${argv.join(' ')} ended with ${code}:\n${output.slice(-4000)}`,
  );
  return output;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function withDatabase(work) {
  const { Client } = require('pg');
  const name = `verify_${process.pid}_${Date.now()}`;
  const admin = new Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    await admin.query(`create database ${name}`);
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    try {
      return await work(url.href);
    } finally {
      await admin.query(`drop database ${name} with (force)`);
    }
  } finally {
    await admin.end();
  }
}

async function withService(folder, launch, environment, work) {
  const port = await freePort();
  const [, ...args] = launch.argv;
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...environment, HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', chunk => (output += chunk));
  child.stderr.on('data', chunk => (output += chunk));
  const ended = once(child, 'close');
  const url = `http://127.0.0.1:${port}`;
  try {
    for (let attempt = 0; ; attempt += 1) {
      const response = await fetch(url + launch.healthPath).catch(
        () => undefined,
      );
      if (response?.ok) {
        break;
      }
      expectThat(
        attempt < 200 && child.exitCode === null,
        `the service did not become healthy:\n${output}`,
      );
      await wait(50);
    }
    return await work({ url, child, ended, output: () => output });
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

async function send(url, method, body) {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    status: response.status,
    body: response.status === 204 ? '' : await response.json(),
  };
}

async function exerciseResource(collection) {
  const created = await send(collection, 'POST', {
    name: 'first',
    description: "it's",
  });
  expectThat(created.status === 201, `create answered ${created.status}`);
  const item = `${collection}/${created.body.id}`;
  const steps = [
    [await send(item, 'GET'), 200],
    [await send(item, 'PUT', { name: 'first', description: 'changed' }), 200],
    [await send(collection, 'POST', { name: 'first' }), 409],
    [await send(collection, 'POST', { nome: 'x' }), 400],
    [await send(`${collection}/${unknownId}`, 'GET'), 404],
    [await send(collection, 'GET'), 200],
    [await send(item, 'DELETE'), 204],
    [await send(item, 'GET'), 404],
  ];
  steps.forEach(([answer, status], index) =>
    expectThat(
      answer.status === status,
      `step ${index} answered ${answer.status}, not ${status}`,
    ),
  );
  expectThat(
    steps[1][0].body.description === 'changed',
    'the replacement was not kept',
  );
  expectThat(
    steps[5][0].body.items.length === 1,
    'the list does not hold the one item',
  );
}

async function runService(folder, launch, environment, { ready }) {
  await withService(folder, launch, environment, async service => {
    await check(
      `${launch.readinessPath} answers ${ready ? 200 : 503}`,
      async () => {
        const { status } = await fetch(service.url + launch.readinessPath);
        expectThat(status === (ready ? 200 : 503), `it answered ${status}`);
      },
    );
    if (ready) {
      await check(
        `${launch.resourcePath} creates, reads, replaces, lists and deletes`,
        () => exerciseResource(service.url + launch.resourcePath),
      );
    }
    await check('logs JSON lines with request ids', async () => {
      await fetch(service.url + launch.resourcePath, {
        headers: { 'x-request-id': 'verify-1' },
      });
      await wait(50);
      const lines = service
        .output()
        .trim()
        .split('\n')
        .map(line => JSON.parse(line));
      expectThat(
        lines.some(line => line.requestId === 'verify-1'),
        'no line has the id',
      );
    });
    await check('stops gracefully on SIGTERM', async () => {
      service.child.kill('SIGTERM');
      const late = wait(launch.stopTimeoutMs, 'late', { ref: false });
      const ended = await Promise.race([service.ended, late]);
      expectThat(ended !== 'late', 'it did not stop in time');
      expectThat(
        ended[0] === 0,
        `it ended with ${ended[0]} ${ended[1]}:\n${service.output()}`,
      );
    });
  });
}

async function verifyMigrations(folder, launch, environment) {
  const { up, down, status } = launch.migrations;
  await check('migrates up, down and up again', async () => {
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

async function verify(spec) {
  const launch = launchSpec(spec);
  const template = findTemplate(spec);
  const folder = mkdtempSync(join(tmpdir(), 'verify-generated-'));
  const npmEnvironment = { ...process.env };
  delete npmEnvironment.TEST_DATABASE_URL;
  const plain = { PATH: process.env.PATH, LOG_LEVEL: 'info' };
  try {
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
    const installed = await check('npm ci', () =>
      succeed(
        folder,
        ['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund'],
        npmEnvironment,
      ),
    );
    if (!installed) {
      return;
    }
    await check('npm run lint', () =>
      succeed(folder, ['npm', 'run', 'lint'], npmEnvironment),
    );
    await check('npm run typecheck', () =>
      succeed(folder, ['npm', 'run', 'typecheck'], npmEnvironment),
    );
    await check('npm run openapi prints openapi.yaml', async () => {
      const { parse } = require('yaml');
      const { readFileSync } = require('node:fs');
      const printed = await succeed(
        folder,
        ['node', 'scripts/openapi.ts'],
        plain,
      );
      const stored = readFileSync(join(folder, 'openapi.yaml'), 'utf8');
      expectThat(
        JSON.stringify(parse(printed)) === JSON.stringify(parse(stored)),
        'it differs from the file',
      );
    });
    // What follows must do with production dependencies: a deployed service has no others.
    await check('npm prune --omit=dev', () =>
      succeed(
        folder,
        [
          'npm',
          'prune',
          '--omit=dev',
          '--ignore-scripts',
          '--no-audit',
          '--no-fund',
        ],
        npmEnvironment,
      ),
    );
    const testEnvironment = serverUrl
      ? { ...npmEnvironment, TEST_DATABASE_URL: serverUrl }
      : npmEnvironment;
    await check('npm test', async () => {
      const output = await succeed(folder, ['npm', 'test'], testEnvironment);
      const [, skipped] = /skipped (\d+)/.exec(output) ?? [];
      const skips = Boolean(launch.testDatabaseUrlVariable) && !serverUrl;
      expectThat(
        Number(skipped) > 0 === skips,
        `${skipped} tests were skipped ${
          serverUrl ? 'with' : 'without'
        } a database`,
      );
    });
    if (!launch.databaseUrlVariable) {
      await runService(folder, launch, plain, { ready: true });
      return;
    }
    await check(
      'does not start without its settings and names them',
      async () => {
        const { code, output } = await run(folder, launch.argv, plain, 30_000);
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
    await runService(folder, launch, unreachable, { ready: false });
    if (!serverUrl) {
      skip('migrations and the resource', 'TEST_DATABASE_URL is not set');
      return;
    }
    await withDatabase(async url => {
      const environment = { ...plain, [launch.databaseUrlVariable]: url };
      await verifyMigrations(folder, launch, environment);
      await runService(folder, launch, environment, { ready: true });
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const startedAt = Date.now();
for (const template of listTemplates()) {
  for (const database of template.databases) {
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
    process.stdout.write(`${template.id} with ${database}\n`);
    await verify(spec);
  }
}
const seconds = Math.round((Date.now() - startedAt) / 1000);
process.stdout.write(
  `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped in ${seconds} s\n`,
);
process.exitCode = counts.failed === 0 ? 0 : 1;
