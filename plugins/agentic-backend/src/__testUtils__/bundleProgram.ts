import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const PACKAGE = path.resolve(__dirname, '../..');
const ROOT = path.resolve(PACKAGE, '../..');
const bundled = new Map<string, string>();

/** The source folders of the packages of a workspace, by name. */
function sourceFolders(root: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const group of ['packages', 'plugins']) {
    for (const name of readdirSync(path.join(root, group))) {
      const manifest = path.join(root, group, name, 'package.json');
      if (existsSync(manifest)) {
        const { name: own } = JSON.parse(readFileSync(manifest, 'utf8'));
        found.set(own, path.join(root, group, name, 'src'));
      }
    }
  }
  return found;
}

/**
 * Bundles a program of the tests, so that the many processes that are killed start without transforming
 * every source again. Answers the path of the bundle; libraries are left where they are installed. With
 * `root`, its imports of the workspace are those of that one.
 */
export function bundleProgram(source: string, root: string = ROOT): string {
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
    `${path.basename(source, '.ts')}-${process.pid}-${bundled.size}.cjs`,
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
      ...[...sourceFolders(root)].map(
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
