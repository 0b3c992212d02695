import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bundleProgram } from '../../__testUtils__/bundleProgram';
import type { CrashingHostOptions } from './crashingHost';

/** A line that a host process has said. */
export interface HostLine {
  readonly at: number;
  readonly launchedInMs?: number;
  readonly state?: string;
  readonly boundaries?: number;
  readonly warn?: string;
  readonly error?: string;
}

/** A fact in the file that stands for the plugin database. */
export interface Fact {
  readonly fact: string;
  readonly pid: number;
  readonly at: number;
}

/** A process of its own that hosts an engine with the fixture program, for killing. */
export class HostProcess {
  readonly lines: HostLine[] = [];
  readonly exited: Promise<NodeJS.Signals | number | null>;
  readonly #child: ChildProcess;
  #errors = '';

  constructor(options: CrashingHostOptions) {
    this.#child = spawn(
      process.execPath,
      [
        '--enable-source-maps',
        bundleProgram(join(__dirname, 'crashingHost.ts')),
        JSON.stringify(options),
      ],
      { env: { PATH: process.env.PATH }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let rest = '';
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      this.lines.push(...parts.map(line => JSON.parse(line) as HostLine));
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errors += text;
    });
    this.exited = new Promise(resolve =>
      this.#child.on('close', (code, signal) => resolve(signal ?? code)),
    );
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** The first line for which `matches` holds, as soon as it has been said. */
  async said(
    what: string,
    matches: (line: HostLine) => boolean,
    ms = 60_000,
  ): Promise<HostLine> {
    const deadline = Date.now() + ms;
    for (;;) {
      const found = this.lines.find(matches);
      if (found) {
        return found;
      }
      if (Date.now() > deadline || this.#child.exitCode !== null) {
        throw new Error(
          `The host never said ${what}: ${JSON.stringify(this.lines)} ${
            this.#errors
          }`,
        );
      }
      await sleep(10);
    }
  }
}

/** All facts in the file, oldest first. */
export function readFacts(file: string): Fact[] {
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as Fact)
    : [];
}
