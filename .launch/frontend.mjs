import fs from 'node:fs';
import { childEnvironment } from './environment.mjs';
import { runQuietly } from './command.mjs';
import { fingerprint, isStamped, stamp } from './fingerprint.mjs';
import { inRoot } from './paths.mjs';
import { step } from './log.mjs';

const app = inRoot('packages', 'app');
const stampFile = inRoot('packages', 'app', 'dist', '.launch-stamp');

/**
 * Builds the pages into `packages/app/dist`, from where the backend serves
 * them, when their sources, dependencies or configuration have changed.
 */
export async function ensureFrontend(node) {
  const identity = fingerprint([
    ...['src', 'public', 'package.json', 'config.d.ts'].map(name =>
      inRoot('packages', 'app', name),
    ),
    inRoot('plugins', 'agentic'),
    inRoot('plugins', 'agentic-common'),
    inRoot('yarn.lock'),
    inRoot('app-config.yaml'),
  ]);
  if (isStamped(stampFile, identity)) {
    return;
  }
  fs.rmSync(stampFile, { force: true });
  await step('Building the pages of the portal', () =>
    runQuietly(
      'build-pages',
      node,
      [
        inRoot('node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'),
        'package',
        'build',
      ],
      { cwd: app, env: childEnvironment(node) },
    ),
  );
  stamp(stampFile, identity);
}
