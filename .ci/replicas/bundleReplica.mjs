import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { inRepository } from '../../packages/app/e2e-tests/support/repository.mjs';

const PACKAGE = path.join('plugins', 'agentic-backend');
const PROGRAM = path.join(PACKAGE, 'src', '__testUtils__', 'replicaProgram.ts');
/** The version before: the same that `src/upgrade` goes up from. */
const PREVIOUS = /const COMMIT = '([0-9a-f]+)'/.exec(
  fs.readFileSync(
    inRepository(PACKAGE, 'src/upgrade/__testUtils__/previousVersion.ts'),
    'utf8',
  ),
)[1];

const cache = (...parts) =>
  inRepository(PACKAGE, 'node_modules', '.cache', ...parts);

function sourceFolders(root) {
  return ['packages', 'plugins'].flatMap(group =>
    fs.readdirSync(path.join(root, group)).flatMap(name => {
      const manifest = path.join(root, group, name, 'package.json');
      return fs.existsSync(manifest)
        ? [
            [
              JSON.parse(fs.readFileSync(manifest, 'utf8')).name,
              path.join(root, group, name, 'src'),
            ],
          ]
        : [];
    }),
  );
}

function bundle(root, name) {
  const require = createRequire(inRepository(PACKAGE, 'package.json'));
  fs.mkdirSync(cache('agentic-replicas'), { recursive: true });
  const file = cache('agentic-replicas', `${name}-${process.pid}.cjs`);
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      require.resolve('esbuild/bin/esbuild'),
      path.join(root, PROGRAM),
      '--bundle',
      '--platform=node',
      '--format=cjs',
      '--packages=external',
      '--log-level=error',
      ...sourceFolders(root).map(
        ([own, sources]) => `--alias:${own}=${sources}`,
      ),
      `--outfile=${file}`,
    ],
    { cwd: inRepository(PACKAGE), encoding: 'utf8' },
  );
  if (status !== 0) {
    throw new Error(`The replica could not be bundled: ${stderr}`);
  }
  return file;
}

/** Bundles the replica with the present sources, so that it starts without transforming them again. */
export function bundlePresent() {
  return { file: bundle(inRepository(), 'present') };
}

/** The same with the sources of the version before, and where its migrations are. */
export function bundlePrevious() {
  const root = cache('agentic-previous-version', PREVIOUS);
  if (!fs.existsSync(path.join(root, PACKAGE, 'migrations'))) {
    fs.rmSync(root, { recursive: true, force: true });
    fs.mkdirSync(root, { recursive: true });
    const archive = spawnSync(
      'git',
      ['archive', PREVIOUS, 'packages', 'plugins'],
      { cwd: inRepository(), maxBuffer: 256 * 1024 * 1024 },
    );
    const { status } = spawnSync('tar', ['-x', '-C', root], {
      input: archive.stdout,
    });
    if (archive.status !== 0 || status !== 0) {
      throw new Error(
        `The version before, ${PREVIOUS}, is not in this clone; fetch the whole history`,
      );
    }
  }
  fs.copyFileSync(inRepository(PROGRAM), path.join(root, PROGRAM));
  return {
    file: bundle(root, 'previous'),
    migrations: path.join(root, PACKAGE, 'migrations'),
  };
}
