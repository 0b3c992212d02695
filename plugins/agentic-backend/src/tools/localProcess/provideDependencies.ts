import { ServiceUnavailableError } from '@backstage/errors';
import { createHash, randomUUID } from 'node:crypto';
import {
  access,
  copyFile,
  lstat,
  mkdir,
  rename,
  rm,
  symlink,
} from 'node:fs/promises';
import path from 'node:path';
import { oneAtATime } from '../disk/oneAtATime';
import { readFileIfThere } from '../disk/readFileIfThere';
import { minimalEnvironment } from '../exec/minimalEnvironment';
import { runProcess } from '../exec/runProcess';
import type { LocalProcessOptions } from './localProcessOptions';

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

const NPM_VARIABLE =
  /^(npm_config_.*|https?_proxy|no_proxy|node_extra_ca_certs|ssl_cert_file|home|userprofile|appdata)$/i;

/** npm needs to know its registry and how to get there, which the user's own settings say. */
function npmEnvironment(options: LocalProcessOptions): Record<string, string> {
  const settings = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      NPM_VARIABLE.test(entry[0]) &&
      !/^npm_config_(local_|global_)?prefix$/i.test(entry[0]),
  );
  const environment = minimalEnvironment(Object.fromEntries(settings));
  return {
    ...environment,
    PATH: [path.dirname(options.node), environment.PATH].join(path.delimiter),
  };
}

async function install(
  options: LocalProcessOptions,
  folder: string,
  entry: string,
  signal: AbortSignal,
): Promise<void> {
  const staging = `${entry}.${randomUUID()}.new`;
  try {
    await mkdir(staging, { recursive: true });
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
    await rename(staging, entry).catch(async error => {
      // Another process was faster.
      await access(path.join(entry, 'node_modules')).catch(() => {
        throw error;
      });
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/**
 * Gives a checked-out release its `node_modules`: a link to the entry of the dependency store, which
 * is filled from the npm registry, without running install scripts, when it lacks the entry.
 */
export async function provideDependencies(
  options: LocalProcessOptions,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const lock = await readFileIfThere(path.join(folder, 'package-lock.json'));
  const target = path.join(folder, 'node_modules');
  if (lock === undefined || (await lstat(target).catch(() => undefined))) {
    return;
  }
  const entry = path.join(options.dependencyStore, dependencyHash(lock));
  const modules = path.join(entry, 'node_modules');
  await oneAtATime(entry, async () => {
    const there = await access(modules).then(
      () => true,
      () => false,
    );
    if (!there) {
      await install(options, folder, entry, signal);
    }
  });
  await symlink(modules, target, 'dir').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    },
  );
}
