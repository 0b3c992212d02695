import { ServiceUnavailableError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import { copyFile, lstat, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { readFileIfThere } from '../../../disk/readFileIfThere';
import { runProcess } from '../../../exec/runProcess';
import type { LocalProcessOptions } from '../../localProcessOptions';
import { linkInto, storeEntry } from '../dependencyStore';
import { installerEnvironment } from '../installerEnvironment';

/**
 * The name of a lock file's entry in the store: the SHA-256 of its text with the service's own name
 * replaced, so that services with the same dependencies share one entry.
 */
export function dependencyHash(lock: string): string {
  const name: unknown = JSON.parse(lock).name;
  const neutral =
    typeof name === 'string'
      ? lock.replaceAll(`"name": ${JSON.stringify(name)}`, '"name": "service"')
      : lock;
  return createHash('sha256').update(neutral).digest('hex');
}

function npmEnvironment(options: LocalProcessOptions): Record<string, string> {
  const environment = installerEnvironment(
    /^(npm_config_.*|node_extra_ca_certs)$/i,
    /^npm_config_(local_|global_)?prefix$/i,
  );
  return {
    ...environment,
    PATH: [path.dirname(options.node), environment.PATH].join(path.delimiter),
  };
}

/**
 * Gives a checked-out release its `node_modules`: a link to the entry of the dependency store, which
 * is filled from the npm registry, without running install scripts, when it lacks the entry.
 */
export async function provideNodeModules(
  options: LocalProcessOptions,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const lock = await readFileIfThere(path.join(folder, 'package-lock.json'));
  const target = path.join(folder, 'node_modules');
  if (lock === undefined || (await lstat(target).catch(() => undefined))) {
    return;
  }
  const modules = await storeEntry({
    store: options.dependencyStore,
    key: dependencyHash(lock),
    content: 'node_modules',
    async fill(staging) {
      for (const name of ['package.json', 'package-lock.json']) {
        await copyFile(path.join(folder, name), path.join(staging, name));
      }
      const outcome = await runProcess({
        program: 'npm',
        args: [
          'ci',
          '--ignore-scripts',
          '--omit=dev',
          '--no-audit',
          '--no-fund',
          '--prefer-offline',
          '--fetch-retries=1',
        ],
        cwd: staging,
        env: npmEnvironment(options),
        timeoutMs: 300_000,
        signal,
      });
      if (outcome.exitCode !== 0) {
        throw new ServiceUnavailableError(
          `The dependencies of the service could not be installed; connect this machine to its npm registry, or run 'npm run bootstrap' once where there is one. npm said: ${outcome.stderr
            .trim()
            .slice(-600)}`,
        );
      }
      await mkdir(path.join(staging, 'node_modules'), { recursive: true });
    },
  });
  await linkInto(folder, 'node_modules', modules);
}
