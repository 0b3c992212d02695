import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment } from './environment.mjs';
import { isAlive } from './processes.mjs';
import { openPortalLog } from './portalLog.mjs';
import {
  dataFolder,
  inRoot,
  serviceDependencyStore,
  techdocsPrograms,
} from './paths.mjs';
import { LaunchError, duration, say } from './log.mjs';

const patience = 180_000;
const grace = 25_000;

/** The port to listen on: AGENTIC_PORT, else 7007. */
export function portalPort() {
  const given = process.env.AGENTIC_PORT;
  if (given === undefined || given === '') {
    return 7007;
  }
  const port = Number(given);
  if (!Number.isInteger(port) || port < 1024 || port > 65535) {
    throw new LaunchError(
      `AGENTIC_PORT is "${given}"; it must be a port between 1024 and 65535.`,
    );
  }
  return port;
}

/** Fails with the remedy when something else listens on the port. */
export async function assertPortIsFree(port) {
  const server = net.createServer();
  try {
    await new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: '127.0.0.1', port }, resolve);
    });
  } catch (error) {
    throw new LaunchError(
      `Port ${port} cannot be used (${
        error.code
      }): another program listens there. Stop it, or choose another port: AGENTIC_PORT=${
        port + 1
      } npm start`,
    );
  }
  await new Promise(resolve => server.close(resolve));
}

const processFile = path.join(dataFolder, 'portal.process');

function isOurBackend(pid) {
  if (!isAlive(pid)) {
    return false;
  }
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(inRoot());
  } catch {
    return true;
  }
}

/**
 * Waits for the backend of a start that was killed: it notices and stops, and
 * until then it holds the data folder.
 */
export async function waitForPredecessor() {
  let pid;
  try {
    pid = Number(fs.readFileSync(processFile, 'utf8'));
  } catch {
    return;
  }
  const started = Date.now();
  while (isOurBackend(pid)) {
    if (Date.now() - started > grace) {
      throw new LaunchError(
        `The backend of an earlier start (process ${pid}) still runs and does not stop. End it and start again.`,
      );
    }
    await sleep(200);
  }
}

function answerOf(url) {
  return new Promise(resolve => {
    const request = http.get(url, { timeout: 2_000 }, response => {
      let body = '';
      response.setEncoding('utf8').on('data', text => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode, body }));
      response.on('error', () => resolve(undefined));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
  });
}

// The portal answers before the workflow engine has been launched; whoever
// clicks at once should not be told to come back later.
async function isReady(port) {
  const portal = `http://127.0.0.1:${port}`;
  const ready = await answerOf(`${portal}/.backstage/health/v1/readiness`);
  if (ready?.status !== 200) {
    return false;
  }
  const health = await answerOf(`${portal}/api/agentic/health`);
  return health !== undefined && !/"status":\s*"starting"/.test(health.body);
}

/** What a backend started by us is told beside app-config.yaml. */
export const portalSettings = {
  NODE_ENV: 'development',
  APP_CONFIG_agentic_local_dependencyStore: JSON.stringify(
    serviceDependencyStore,
  ),
};

function portalEnvironment(node, port) {
  const url = `http://localhost:${port}`;
  const { PATH } = childEnvironment(node);
  return childEnvironment(node, {
    ...portalSettings,
    // TechDocs runs `mkdocs`, which is there once `npm run docs:site` has brought it.
    ...(PATH && fs.existsSync(techdocsPrograms)
      ? { PATH: [PATH, techdocsPrograms].join(path.delimiter) }
      : {}),
    APP_CONFIG_app_baseUrl: JSON.stringify(url),
    APP_CONFIG_backend_baseUrl: JSON.stringify(url),
    APP_CONFIG_backend_listen: JSON.stringify({ host: '127.0.0.1', port }),
  });
}

/**
 * Starts the backend from its sources in one process, without a file watcher.
 * Its log goes to `.agentic/logs/portal.log` (see openPortalLog).
 */
export function startPortal(node, port) {
  const logFile = path.join(dataFolder, 'logs', 'portal.log');
  const log = openPortalLog(logFile);
  const backend = inRoot('packages', 'backend');
  const child = spawn(
    node,
    [
      '--no-node-snapshot',
      '--require',
      inRoot('.launch', 'stopWithParent.cjs'),
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      path.join(backend, 'src', 'index.ts'),
      '--config',
      inRoot('app-config.yaml'),
      ...(fs.existsSync(inRoot('app-config.local.yaml'))
        ? ['--config', inRoot('app-config.local.yaml')]
        : []),
    ],
    {
      cwd: backend,
      env: portalEnvironment(node, port),
      stdio: ['ignore', log.descriptor, log.descriptor, 'ipc'],
      // Its own group: Ctrl-C reaches it once, through us, and not twice.
      detached: process.platform !== 'win32',
    },
  );
  if (child.pid) {
    fs.writeFileSync(processFile, String(child.pid));
  }
  const ended = new Promise(resolve => {
    child.once('error', error => resolve({ error }));
    child.once('close', (code, signal) => {
      log.close();
      fs.rmSync(processFile, { force: true });
      resolve({ code, signal });
    });
  });
  return { child, ended, logFile, logTail: log.tail };
}

/** Waits until the portal says that it is ready to be used. */
export async function waitUntilReady(portal, port) {
  const started = Date.now();
  let end;
  portal.ended.then(result => {
    end = result;
  });
  while (!(await isReady(port))) {
    if (end) {
      throw new LaunchError(
        `The portal ended while starting (${
          end.error?.message ?? end.signal ?? `exit code ${end.code}`
        }). The end of ${portal.logFile}:\n${portal.logTail(40).join('\n')}`,
      );
    }
    if (Date.now() - started > patience) {
      throw new LaunchError(
        `The portal did not become ready within ${duration(
          patience,
        )}. Its log: ${portal.logFile}`,
      );
    }
    await sleep(200);
  }
}

/** Asks the portal to stop, and ends it when it does not. */
export async function stopPortal(portal) {
  if (portal.child.exitCode !== null || portal.child.signalCode !== null) {
    return;
  }
  const started = Date.now();
  portal.child.kill('SIGTERM');
  const late = setTimeout(() => {
    say(`  not stopped after ${duration(grace)}: ending it`);
    portal.child.kill('SIGKILL');
  }, grace);
  await portal.ended;
  clearTimeout(late);
  say(`Stopped in ${duration(Date.now() - started)}.`);
}
