import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { endProcessesOf } from '../../packages/app/e2e-tests/support/processesOf.mjs';
import { freePort } from '../../packages/app/e2e-tests/support/freePort.mjs';
import { waitUntil } from '../../packages/app/e2e-tests/support/waitUntil.mjs';
import { packedPackages } from './packedPackages.mjs';
import { startRegistry } from './startRegistry.mjs';

const run = promisify(execFile);

/** What loads plugins at run time, and what it runs in: those of Backstage 1.55. */
const HOST = {
  '@backstage/backend-defaults': '0.18.0',
  '@backstage/backend-dynamic-feature-service': '0.8.7',
  // Carries its binaries; 12 would have to be compiled.
  'better-sqlite3': '13.2.0',
};

// No plugin is named: whatever is in the folder is loaded.
const PROGRAM = `const { createBackend } = require('@backstage/backend-defaults');
const { dynamicPluginsFeatureLoader } = require('@backstage/backend-dynamic-feature-service');
const backend = createBackend();
backend.add(dynamicPluginsFeatureLoader());
backend.start();
`;

const PLUGIN = 'plugin-agentic-backend';

let folder;
let registry;
let backend;
let url;
const inHost = (...parts) => path.join(folder, ...parts);
const writeJson = (file, value) =>
  fs.writeFileSync(file, JSON.stringify(value, undefined, 2));

const install = cwd =>
  run(
    'npm',
    ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'],
    { cwd, maxBuffer: 64 * 1024 * 1024 },
  );

before(async () => {
  folder = fs.realpathSync(
    fs.mkdtempSync(path.join(os.tmpdir(), 'agentic-dynamic-')),
  );
  fs.chmodSync(folder, 0o755);
  registry = await startRegistry(packedPackages());
});
after(async () => {
  backend?.kill('SIGINT');
  await endProcessesOf(folder);
  await registry.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('the backend plugin in a portal that loads plugins at run time', () => {
  test('the portal knows nothing of it', async () => {
    writeJson(inHost('package.json'), {
      name: 'root',
      private: true,
      workspaces: { packages: [] },
      dependencies: HOST,
      overrides: { 'better-sqlite3': HOST['better-sqlite3'] },
    });
    fs.writeFileSync(inHost('start.cjs'), PROGRAM);
    await install(folder);
    assert.ok(!fs.existsSync(inHost('node_modules', '@agentic-backstage')));
  });

  test('its tarball is unpacked into the folder for plugins, with what it depends on', async () => {
    const place = inHost('dynamic-plugins-root', PLUGIN);
    const tarball = packedPackages().find(file =>
      new RegExp(`${PLUGIN}-\\d`).test(path.basename(file)),
    );
    fs.mkdirSync(place, { recursive: true });
    await run('tar', ['-xzf', tarball, '-C', place, '--strip-components=1']);
    fs.writeFileSync(
      path.join(place, '.npmrc'),
      `@agentic-backstage:registry=${registry.url}\n`,
    );
    await install(place);
  });

  test('the portal loads it, and it answers', async () => {
    const port = await freePort();
    url = `http://localhost:${port}`;
    writeJson(inHost('app-config.json'), {
      app: { baseUrl: url },
      backend: {
        baseUrl: url,
        listen: { host: '127.0.0.1', port },
        database: {
          client: 'better-sqlite3',
          connection: { directory: 'db' },
        },
      },
      dynamicPlugins: { rootDirectory: 'dynamic-plugins-root' },
      agentic: { dataDir: 'agentic-data' },
    });
    const log = fs.openSync(inHost('backend.log'), 'a');
    backend = spawn(
      process.execPath,
      ['--no-node-snapshot', 'start.cjs', '--config', 'app-config.json'],
      {
        cwd: folder,
        env: { ...process.env, NODE_ENV: 'development' },
        stdio: ['ignore', log, log],
      },
    );
    fs.closeSync(log);
    let ended = false;
    backend.once('close', () => {
      ended = true;
    });
    const answer = await waitUntil(
      'the plugin answers',
      async () =>
        ended ||
        (await fetch(`${url}/api/agentic/health`).then(
          response => response.ok && response.json(),
          () => false,
        )),
      { timeout: 120_000 },
    ).catch(error => ({ error: error.message }));
    assert.equal(
      answer.status,
      'ok',
      `${JSON.stringify(answer)}\n${fs
        .readFileSync(inHost('backend.log'), 'utf8')
        .split('\n')
        .slice(-60)
        .join('\n')}`,
    );
  });

  test('its agents, tools and engine are there, and it keeps its tables', async () => {
    const agents = await fetch(`${url}/api/agentic/agents/codegen/health`);
    assert.equal(agents.status, 200);
    assert.ok(fs.existsSync(inHost('db', 'agentic.sqlite')));
    assert.ok(fs.existsSync(inHost('agentic-data')));
    const refused = await fetch(`${url}/api/agentic/workflows`);
    assert.equal(refused.status, 401);
  });
});
