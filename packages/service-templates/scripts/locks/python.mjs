import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

function run(folder, program, args) {
  const { status, error } = spawnSync(program, args, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) {
    throw new Error(
      `${program} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`,
    );
  }
}

const asRequirements = dependencies =>
  Object.entries(dependencies)
    .map(([name, version]) => `${name}==${version}\n`)
    .join('');

/** Lets uv resolve a variant for every supported Python and system, with a hash for each file; answers the lockfile templates by name. */
export function resolveLocks({ folder, template, database }) {
  const runtime = asRequirements({
    ...template.dependencies,
    ...database.dependencies,
  });
  const dev = asRequirements({
    ...template.devDependencies,
    ...database.devDependencies,
  });
  run(folder, 'python3', ['-m', 'venv', 'tools']);
  run(folder, join(folder, 'tools/bin/pip'), ['install', '--quiet', 'uv']);
  const locks = {};
  for (const [name, requirements] of [
    ['requirements', runtime],
    ['requirements-dev', runtime + dev],
  ]) {
    writeFileSync(join(folder, `${name}.in`), requirements);
    run(folder, join(folder, 'tools/bin/uv'), [
      ...['pip', 'compile', `${name}.in`, '--output-file', `${name}.txt`],
      ...['--universal', '--generate-hashes', '--no-header', '--no-annotate'],
      ...['--python-version', template.runtime.minimumVersion],
      ...(name === 'requirements-dev'
        ? ['--constraint', 'requirements.txt']
        : []),
    ]);
    const lock = readFileSync(join(folder, `${name}.txt`), 'utf8');
    if (/:\/\/|--(?:extra-)?index-url|--find-links/.test(lock)) {
      throw new Error('the lockfile names a registry');
    }
    locks[`${name}.txt`] = lock;
  }
  return locks;
}
