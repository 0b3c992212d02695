import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { endProcessesOf } from '../../packages/app/e2e-tests/support/processesOf.mjs';
import { freePort } from '../../packages/app/e2e-tests/support/freePort.mjs';
import { waitUntil } from '../../packages/app/e2e-tests/support/waitUntil.mjs';
import { portalEnvironment } from './portalEnvironment.mjs';
import { runStep } from './runStep.mjs';

/**
 * A portal that somebody adopted the packages in. Its pages are built and served
 * by its backend, as in production, and it listens on the loopback interface.
 */
export class AdoptedPortal {
  #folder;
  #port;
  #backend;

  constructor(folder) {
    this.#folder = folder;
  }

  get folder() {
    return this.#folder;
  }

  get url() {
    return `http://localhost:${this.#port}`;
  }

  get #log() {
    return path.join(this.#folder, 'backend.log');
  }

  /** Builds the pages. */
  async build() {
    await runStep(this.#folder, 'yarn workspace app build');
  }

  /** Starts the backend as the template does, and waits until the guest can sign in. */
  async start() {
    this.#port ??= await freePort();
    const log = fs.openSync(this.#log, 'a');
    const backend = spawn('yarn', ['workspace', 'backend', 'start'], {
      cwd: this.#folder,
      env: portalEnvironment(this.#folder, {
        NODE_ENV: 'development',
        APP_CONFIG_app_baseUrl: JSON.stringify(this.url),
        APP_CONFIG_backend_baseUrl: JSON.stringify(this.url),
        APP_CONFIG_backend_listen: JSON.stringify({
          host: '127.0.0.1',
          port: this.#port,
        }),
      }),
      stdio: ['ignore', log, log],
      detached: true,
    });
    fs.closeSync(log);
    const end = new Promise(resolve => backend.once('close', resolve));
    let ended = false;
    end.then(() => {
      ended = true;
    });
    this.#backend = {
      end,
      interrupt: () => ended || process.kill(-backend.pid, 'SIGINT'),
    };
    try {
      await waitUntil(
        'the portal is ready',
        async () => ended || (await this.#token()) !== undefined,
        { timeout: 180_000 },
      );
      if (ended) {
        throw new Error('The backend ended');
      }
    } catch (error) {
      throw new Error(`${error.message}; its log ends:\n${this.logEnd(60)}`);
    }
  }

  /** Ends the backend as Ctrl-C does. */
  async stop() {
    const backend = this.#backend;
    this.#backend = undefined;
    if (backend) {
      backend.interrupt();
      await backend.end;
    }
  }

  /** Ends the backend and everything that it started. */
  async remove() {
    await this.stop();
    await endProcessesOf(this.#folder);
  }

  /** The last lines of the log of the backend. */
  logEnd(lines) {
    return fs
      .readFileSync(this.#log, 'utf8')
      .split('\n')
      .slice(-lines)
      .join('\n');
  }

  async #token() {
    const ready = await fetch(`${this.url}/.backstage/health/v1/readiness`);
    const answer = await fetch(`${this.url}/api/auth/guest/refresh`);
    return ready.ok && answer.ok
      ? (await answer.json()).backstageIdentity.token
      : undefined;
  }

  /** Calls the API as the guest; answers the body, or fails when the status is not a 2xx. */
  async call(method, route, body) {
    const response = await fetch(`${this.url}/api${route}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.#token()}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(
        `${method} ${route} answered ${response.status}: ${text}`,
      );
    }
    return text === '' ? undefined : JSON.parse(text);
  }
}
