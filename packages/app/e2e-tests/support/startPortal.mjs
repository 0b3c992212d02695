import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { endProcessesOf } from './processesOf.mjs';
import { freePort } from './freePort.mjs';
import { inRepository } from './repository.mjs';
import { waitUntil } from './waitUntil.mjs';

const START_TIMEOUT = 180_000;
const STOP_TIMEOUT = 60_000;

/** A folder for everything a portal writes, which the database server's own user can reach. */
export function portalFolder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'agentic-e2e-'));
  fs.chmodSync(folder, 0o755);
  return fs.realpathSync(folder);
}

/**
 * What a portal in this folder and on this port is told beside app-config.yaml. More
 * settings are named like these, with an underscore where configuration has a level.
 */
export function portalSettings(folder, port, more = {}) {
  const url = `http://localhost:${port}`;
  // Portals that run side by side do not choose the same port in the same moment.
  const part = port % 250;
  const settings = {
    app_baseUrl: url,
    backend_baseUrl: url,
    backend_listen: { host: '127.0.0.1', port },
    backend_database_connection: { directory: path.join(folder, 'db') },
    agentic_dataDir: path.join(folder, 'data'),
    agentic_local_process_portRange: {
      from: 26_000 + part * 20,
      to: 26_019 + part * 20,
    },
    agentic_local_postgres_portRange: {
      from: 31_000 + part * 4,
      to: 31_003 + part * 4,
    },
    techdocs_publisher_local_publishDirectory: path.join(folder, 'techdocs'),
    ...more,
  };
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      `APP_CONFIG_${key}`,
      JSON.stringify(value),
    ]),
  );
}

/** Program and arguments that run the backend from its sources. */
export const portalCommand = [
  process.execPath,
  '--no-node-snapshot',
  '--require',
  '@backstage/cli/config/nodeTransform.cjs',
  inRepository('packages', 'backend', 'src', 'index.ts'),
  '--config',
  inRepository('app-config.yaml'),
];

function endOf(file, lines) {
  return fs.readFileSync(file, 'utf8').split('\n').slice(-lines).join('\n');
}

/** Ready, and done with reading the example people: until then nobody can sign in. */
async function canBeUsed(url) {
  const { status } = await fetch(`${url}/.backstage/health/v1/readiness`);
  if (status !== 200) {
    return false;
  }
  const signedIn = await fetch(`${url}/api/auth/example-people/refresh`, {
    headers: { 'x-example-person': 'user:default/ada.reyes' },
  });
  return signedIn.status === 200;
}

async function launch({ folder, port, settings }) {
  const logFile = path.join(folder, 'portal.log');
  const log = fs.openSync(logFile, 'a');
  const [program, ...args] = portalCommand;
  const child = spawn(program, args, {
    cwd: inRepository('packages', 'backend'),
    env: {
      ...process.env,
      NODE_ENV: 'development',
      ...portalSettings(folder, port, settings),
    },
    stdio: ['ignore', log, log],
  });
  fs.closeSync(log);
  let ended = false;
  const end = new Promise(resolve => {
    child.once('close', () => {
      ended = true;
      resolve();
    });
  });
  const kill = async () => {
    child.kill('SIGKILL');
    await end;
  };
  const stop = async () => {
    if (ended) {
      return;
    }
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT);
    await end;
    clearTimeout(late);
    if (child.signalCode === 'SIGKILL') {
      throw new Error(
        `The portal did not stop within ${STOP_TIMEOUT / 1000} s of SIGTERM`,
      );
    }
  };
  try {
    await waitUntil(
      'the portal is ready',
      async () => ended || canBeUsed(`http://127.0.0.1:${port}`),
      { timeout: START_TIMEOUT },
    );
    if (ended) {
      throw new Error('The portal ended while starting');
    }
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`${error.message}; its log ends:\n${endOf(logFile, 40)}`);
  }
  return { stop, kill };
}

/**
 * Starts the portal on a free port, with everything it writes in a new folder.
 * `stop` and `start` may be called in turn and keep folder and port; `kill` ends
 * it with SIGKILL instead, as a crash would; `remove` ends the portal and
 * everything it started, and deletes the folder.
 */
export async function startPortal(settings) {
  const folder = portalFolder();
  const port = await freePort();
  let running;
  const portal = {
    folder,
    port,
    url: `http://localhost:${port}`,
    async start() {
      running = await launch({ folder, port, settings });
    },
    async stop() {
      const ending = running;
      running = undefined;
      await ending?.stop();
    },
    async kill() {
      const ending = running;
      running = undefined;
      await ending?.kill();
    },
    log: lines => endOf(path.join(folder, 'portal.log'), lines),
    async remove() {
      try {
        await portal.stop();
      } finally {
        await endProcessesOf(folder);
        fs.rmSync(folder, { recursive: true, force: true });
      }
    },
  };
  try {
    await portal.start();
  } catch (error) {
    await portal.remove();
    throw error;
  }
  return portal;
}
