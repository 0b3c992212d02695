import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { launchCache } from './paths.mjs';
import { LaunchError } from './log.mjs';

const children = new Set();

function stopChildren() {
  for (const child of children) {
    child.kill('SIGTERM');
  }
}

/** Ends what we started when somebody ends us while we prepare. */
export function forwardSignals() {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ]) {
    process.once(signal, () => {
      stopChildren();
      process.exit(code);
    });
  }
}

function finished(child) {
  children.add(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      children.delete(child);
      resolve({ code: code ?? 1, signal });
    });
  });
}

/** Runs a program on our terminal and answers its exit code. */
export async function runVisibly(program, args, { cwd, env }) {
  const child = spawn(program, args, { cwd, env, stdio: 'inherit' });
  return (await finished(child)).code;
}

/**
 * Runs a program with its output in `.cache/launch/<name>.log`. Fails with the
 * end of that log, so that the reason is on the screen.
 */
export async function runQuietly(name, program, args, { cwd, env }) {
  fs.mkdirSync(launchCache, { recursive: true });
  const logFile = path.join(launchCache, `${name}.log`);
  const log = fs.openSync(logFile, 'w');
  const started = spawn(program, args, {
    cwd,
    env,
    stdio: ['ignore', log, log],
  });
  const { code, signal } = await finished(started).finally(() =>
    fs.closeSync(log),
  );
  if (code !== 0) {
    const tail = fs.readFileSync(logFile, 'utf8').split('\n').slice(-30);
    throw new LaunchError(
      `${name} failed (${
        signal ?? `exit code ${code}`
      }). The end of ${logFile}:\n${tail.join('\n')}`,
    );
  }
}

/** How to call npm: the copy that runs us, else the one on PATH. */
export function npmCommand() {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script)) {
    return { program: process.execPath, args: [script] };
  }
  return process.platform === 'win32'
    ? { program: 'npm.cmd', args: [] }
    : { program: 'npm', args: [] };
}
