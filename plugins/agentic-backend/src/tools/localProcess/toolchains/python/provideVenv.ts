import { ServiceUnavailableError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import { copyFile, lstat } from 'node:fs/promises';
import path from 'node:path';
import { readFileIfThere } from '../../../disk/readFileIfThere';
import { runProcess } from '../../../exec/runProcess';
import { linkInto, storeEntry } from '../dependencyStore';
import { installerEnvironment } from '../installerEnvironment';
import type { Python } from './findPython';

const LOCK = 'requirements.txt';

/**
 * The name of a lock file's entry in the store. Comments do not count, so services with the same
 * dependencies share one entry; the interpreter does, because an environment belongs to one.
 */
export function environmentKey(lock: string, python: Python): string {
  const pins = lock
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'));
  const [major, minor] = python.version.split('.');
  return createHash('sha256')
    .update(JSON.stringify([pins, python.executable, major, minor]))
    .digest('hex');
}

/** What keeps a package out of the environment it is meant for. */
const MISLEADING = /^pip_(target|prefix|root|user|python|require_virtualenv)$/i;

/**
 * Gives a checked-out release its `.venv`: a link to the entry of the dependency store. A missing
 * entry is made from the lock file, whose hashes pip holds every file against. Only wheels are
 * unpacked, so no script of a package runs.
 */
export async function provideVenv(
  options: { readonly store: string; readonly python: Python },
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const { store, python } = options;
  const lock = await readFileIfThere(path.join(folder, LOCK));
  const target = path.join(folder, '.venv');
  if (lock === undefined || (await lstat(target).catch(() => undefined))) {
    return;
  }
  const env = installerEnvironment(
    /^(pip_.*|requests_ca_bundle)$/i,
    MISLEADING,
  );
  const run = (program: string, args: readonly string[], cwd: string) =>
    runProcess({ program, args, cwd, env, timeoutMs: 300_000, signal });
  const venv = await storeEntry({
    store,
    key: environmentKey(lock, python),
    content: 'venv',
    async fill(staging) {
      await copyFile(path.join(folder, LOCK), path.join(staging, LOCK));
      const made = await run(
        python.executable,
        ['-m', 'venv', 'venv'],
        staging,
      );
      if (made.exitCode !== 0) {
        throw new ServiceUnavailableError(
          `No environment could be made with ${
            python.executable
          }; install its module venv. It said: ${`${made.stdout}\n${made.stderr}`
            .trim()
            .slice(-600)}`,
        );
      }
      const installed = await run(
        path.join(staging, 'venv', 'bin', 'python'),
        [
          ...['-m', 'pip', 'install', '--quiet', '--no-input'],
          ...['--disable-pip-version-check', '--retries', '1', '--no-deps'],
          ...['--require-hashes', '--only-binary', ':all:'],
          ...['--requirement', LOCK],
        ],
        staging,
      );
      if (installed.exitCode !== 0) {
        throw new ServiceUnavailableError(
          `The dependencies of the service could not be installed; connect this machine to its Python package index and try again. pip said: ${installed.stderr
            .trim()
            .slice(-600)}`,
        );
      }
    },
  });
  await linkInto(folder, '.venv', venv);
}
