import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const PACKAGE = path.resolve(__dirname, '../..');
const bundled = new Map<string, string>();

/** The source folders of this package's neighbours in the workspace, and of theirs, by name. */
function sourceFolders(
  packageFolder: string,
  found = new Map<string, string>(),
): Map<string, string> {
  const { name: own, dependencies = {} } = JSON.parse(
    readFileSync(path.join(packageFolder, 'package.json'), 'utf8'),
  ) as { name: string; dependencies?: Record<string, string> };
  const [scope] = own.split('/');
  for (const name of Object.keys(dependencies)) {
    if (name.startsWith(`${scope}/`) && !found.has(name)) {
      const folder = path.dirname(require.resolve(`${name}/package.json`));
      found.set(name, path.join(folder, 'src'));
      sourceFolders(folder, found);
    }
  }
  return found;
}

/**
 * Bundles a program of the tests, so that the many processes that are killed start without transforming
 * every source again. Answers the path of the bundle; libraries are left where they are installed.
 */
export function bundleProgram(source: string): string {
  const known = bundled.get(source);
  if (known) return known;
  // Inside the package, so that its own libraries are found.
  const folder = path.join(
    PACKAGE,
    'node_modules/.cache/agentic-test-programs',
  );
  mkdirSync(folder, { recursive: true });
  const file = path.join(
    folder,
    `${path.basename(source, '.ts')}-${process.pid}.cjs`,
  );
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      require.resolve('esbuild/bin/esbuild'),
      source,
      '--bundle',
      '--platform=node',
      '--format=cjs',
      '--packages=external',
      '--sourcemap=inline',
      '--log-level=error',
      ...[...sourceFolders(PACKAGE)].map(
        ([name, sources]) => `--alias:${name}=${sources}`,
      ),
      `--outfile=${file}`,
    ],
    { cwd: PACKAGE, encoding: 'utf8' },
  );
  if (status !== 0) {
    throw new Error(`${source} could not be bundled: ${stderr}`);
  }
  bundled.set(source, file);
  return file;
}
