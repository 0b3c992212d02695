import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { inRepository } from '../../packages/app/e2e-tests/support/repository.mjs';

const START_MS = 120_000;
const STOP_MS = 30_000;

/** One process of the portal on the shared database. It may be killed and started again. */
export class Replica {
  #bundle;
  #options;
  #env;
  #log;
  #child;
  #ended;
  #waiting = [];
  name;
  port;

  constructor({ name, bundle, options, env, folder }) {
    this.name = name;
    this.#bundle = bundle;
    this.#options = options;
    this.#env = env;
    this.#log = path.join(folder, `${name}.log`);
  }

  get pid() {
    return this.#child?.pid;
  }

  /** Which version it is when it starts the next time. */
  use(bundle, more = {}) {
    this.#bundle = bundle;
    this.#options = { ...this.#options, ...more };
  }

  /** Resolves once it is healthy. */
  async start() {
    const log = fs.openSync(this.#log, 'a');
    const child = spawn(
      process.execPath,
      [
        '--no-node-snapshot',
        '--expose-gc',
        this.#bundle,
        JSON.stringify(this.#options),
      ],
      {
        cwd: inRepository('plugins', 'agentic-backend'),
        env: {
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          NODE_ENV: 'test',
          ...this.#env,
        },
        stdio: ['pipe', 'pipe', log],
      },
    );
    fs.closeSync(log);
    // It may be killed while something is said to it.
    child.stdin.on('error', () => undefined);
    this.#child = child;
    this.#ended = new Promise(resolve => {
      child.once('close', () => {
        this.#waiting
          .splice(0)
          .forEach(({ reject }) =>
            reject(
              new Error(
                `${this.name} has ended; its log ends:\n${this.log(20)}`,
              ),
            ),
          );
        resolve();
      });
    });
    createInterface({ input: child.stdout }).on('line', line => {
      if (/^\{"(replica|memory)"/.test(line)) {
        this.#waiting.shift()?.resolve(JSON.parse(line));
      } else {
        fs.appendFileSync(this.#log, `${line}\n`);
      }
    });
    const { replica } = await this.#answer(START_MS);
    this.port = replica.port;
  }

  /** What its memory holds after a garbage collection, in bytes. */
  async memory() {
    this.#child.stdin.write('memory\n');
    return (await this.#answer(30_000)).memory;
  }

  /** As a crash would. */
  async kill() {
    this.#child?.kill('SIGKILL');
    await this.#ended;
  }

  /** As an upgrade does: what it is at it may finish. */
  async stop() {
    this.#child?.stdin.write('stop\n');
    const late = setTimeout(() => this.#child?.kill('SIGKILL'), STOP_MS);
    await this.#ended;
    clearTimeout(late);
  }

  log(lines) {
    return fs.existsSync(this.#log)
      ? fs.readFileSync(this.#log, 'utf8').split('\n').slice(-lines).join('\n')
      : '';
  }

  #answer(ms) {
    return new Promise((resolve, reject) => {
      const late = setTimeout(
        () =>
          reject(
            new Error(
              `${this.name} did not answer in ${ms} ms:\n${this.log(20)}`,
            ),
          ),
        ms,
      );
      const settle = done => value => {
        clearTimeout(late);
        done(value);
      };
      this.#waiting.push({ resolve: settle(resolve), reject: settle(reject) });
    });
  }
}
