import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn } from 'node:child_process';

/** What the steps that run side by side have printed; each is shown whole when it ends. */
const held = new AsyncLocalStorage();

/** Prints, or keeps for later what a step says that does not run alone. */
export function say(text) {
  const { lines } = held.getStore() ?? {};
  if (lines) {
    lines.push(text);
  } else {
    process.stdout.write(text);
  }
}

/** Runs a program, shows its output, and answers its exit code and that output. */
export function runProgram(program, args, { env, minutes }) {
  const print = AsyncLocalStorage.bind(say);
  return new Promise(resolve => {
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    const keep = text => {
      output += text;
      print(text);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    const late = setTimeout(() => {
      output += `\nended after ${minutes} minutes\n`;
      print(`[ci] ended after ${minutes} minutes\n`);
      process.kill(-child.pid, 'SIGKILL');
    }, minutes * 60_000);
    child.once('error', error => {
      clearTimeout(late);
      resolve({ code: 1, output: `${output}\n${error.message}` });
    });
    child.once('close', code => {
      clearTimeout(late);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Collects steps and test cases, and says in the end how many passed. */
export class Tally {
  #passed = 0;
  #failed = 0;
  #lines = [];

  /** Runs the works side by side; the steps of each one after the other. */
  async sideBySide(...works) {
    await Promise.all(works.map(work => held.run({ aside: true }, work)));
  }

  /** Runs one step; whatever it throws is its failure, not the end. */
  async step(title, work) {
    if (held.getStore()?.aside) {
      const lines = [];
      await held.run({ lines }, () => this.#run(title, work));
      process.stdout.write(lines.join(''));
    } else {
      await this.#run(title, work);
    }
  }

  async #run(title, work) {
    const started = Date.now();
    say(`\n[ci] ── ${title}\n`);
    let counts = { passed: 0, failed: 0 };
    let reason;
    try {
      counts = { ...counts, ...(await work()) };
    } catch (error) {
      counts = { ...counts, ...error.counts };
      reason = error.message;
    }
    this.#passed += counts.passed + (reason ? 0 : 1);
    this.#failed += counts.failed + (reason ? 1 : 0);
    const seconds = Math.round((Date.now() - started) / 1000);
    const cases =
      counts.passed + counts.failed > 0
        ? `, ${counts.passed} cases passed, ${counts.failed} failed`
        : '';
    const line = `${
      reason ? 'FAILED' : 'passed'
    } ${title} (${seconds} s${cases})${reason ? `: ${reason}` : ''}`;
    say(`[ci] ${line}\n`);
    this.#lines.push(line);
  }

  /** Prints the summary, whose last line is for machines. Answers the exit code. */
  finish() {
    const list = this.#lines.map(line => `[ci] ${line}`).join('\n');
    process.stdout.write(
      `\n${list}\n${this.#passed} passed, ${this.#failed} failed\n`,
    );
    return this.#failed === 0 ? 0 : 1;
  }
}

/** An error that carries how many cases passed and failed before it. */
export function failure(message, counts) {
  return Object.assign(new Error(message), { counts });
}
