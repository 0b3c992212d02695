import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lets npm resolve the dependencies of a variant; answers the lockfile template by its name. */
export function resolveLocks({ folder, template, database }) {
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      name: 'service',
      version: '0.1.0',
      license: 'UNLICENSED',
      private: true,
      engines: { node: `>=${template.runtime.minimumVersion}` },
      dependencies: { ...template.dependencies, ...database.dependencies },
      devDependencies: {
        ...template.devDependencies,
        ...database.devDependencies,
      },
    }),
  );
  const { status } = spawnSync(
    'npm',
    [
      'install',
      '--package-lock-only',
      '--ignore-scripts',
      '--omit-lockfile-registry-resolved',
      '--no-audit',
      '--no-fund',
    ],
    { cwd: folder, stdio: 'inherit' },
  );
  if (status !== 0) {
    throw new Error('npm could not resolve the dependencies');
  }
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  if (lock.includes('"resolved"')) {
    throw new Error('the lockfile names a registry');
  }
  return {
    'package-lock.json': lock.replaceAll(
      '"name": "service"',
      '"name": <$ service.name | json $>',
    ),
  };
}
