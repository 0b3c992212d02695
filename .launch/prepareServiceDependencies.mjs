import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from './environment.mjs';
import { npmCommand, runQuietly } from './command.mjs';
import { fingerprint, isStamped, stamp } from './fingerprint.mjs';
import { inRoot, serviceDependencyStore } from './paths.mjs';
import { step } from './log.mjs';

const templates = inRoot('packages', 'service-templates');
const stampFile = path.join(serviceDependencyStore, 'stamp');

async function dependencyLocks(node) {
  const { stdout } = await promisify(execFile)(
    node,
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      inRoot('.launch', 'listDependencyLocks.cjs'),
    ],
    { cwd: inRoot(), env: childEnvironment(node), maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(stdout);
}

async function install(lock, node, folder) {
  const staging = `${folder}.staging-${process.pid}`;
  fs.rmSync(staging, { recursive: true, force: true });
  fs.mkdirSync(staging, { recursive: true });
  for (const { path: name, content } of [lock.manifest, lock.lockfile]) {
    fs.writeFileSync(path.join(staging, name), content);
  }
  const npm = npmCommand();
  try {
    await runQuietly(
      'service-dependencies',
      npm.program,
      [
        ...npm.args,
        'ci',
        '--ignore-scripts',
        '--omit=dev',
        '--no-audit',
        '--no-fund',
        '--prefer-offline',
        '--prefix',
        staging,
      ],
      { cwd: staging, env: childEnvironment(node) },
    );
    // A service without a single dependency still gets its (empty) folder.
    fs.mkdirSync(path.join(staging, 'node_modules'), { recursive: true });
    fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(staging, folder);
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
}

function isReady(hash) {
  return fs.existsSync(path.join(serviceDependencyStore, hash, 'node_modules'));
}

/**
 * Puts the run-time dependencies of every kind of generated service into
 * `.cache/agentic/service-dependencies/<hash of its lock>/node_modules`, so
 * that a created service starts without a network. Each folder appears complete
 * or not at all, and only once.
 */
export async function prepareServiceDependencies(node) {
  const identity = fingerprint([templates]);
  if (isStamped(stampFile, identity)) {
    return;
  }
  for (const lock of await dependencyLocks(node)) {
    if (!isReady(lock.hash)) {
      await step(`Fetching what generated services need: ${lock.title}`, () =>
        install(lock, node, path.join(serviceDependencyStore, lock.hash)),
      );
    }
  }
  stamp(stampFile, identity);
}
