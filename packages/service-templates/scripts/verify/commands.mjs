import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expectThat } from './Report.mjs';

/** Runs a command to its end with just the given environment; answers its exit code and output. */
export async function run(
  folder,
  [program, ...args],
  environment,
  timeoutMs = 300_000,
) {
  const child = spawn(program, args, {
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

/** Like `run`, but anything other than exit code 0 fails the check; answers the output. */
export async function succeed(folder, command, environment) {
  const { code, output } = await run(folder, command, environment);
  expectThat(
    code === 0,
    `${command.join(' ')} ended with ${code}:\n${output.slice(-4000)}`,
  );
  return output;
}

/** The first line a program prints about itself, or undefined where there is no such program. */
export async function versionOf(program, args) {
  const found = await run(
    '/',
    [program, ...args],
    { PATH: process.env.PATH, HOME: process.env.HOME ?? '/' },
    20_000,
  ).catch(() => undefined);
  return found?.code === 0 ? found.output.trim().split('\n')[0] : undefined;
}
