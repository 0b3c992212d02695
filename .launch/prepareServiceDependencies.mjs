import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { childEnvironment } from './environment.mjs';
import { npmCommand, runQuietly } from './command.mjs';
import { inRoot, serviceDependencyStore } from './paths.mjs';
import { step } from './log.mjs';

const templates = inRoot('packages', 'service-templates');

function* lockFilesBelow(folder) {
  const entries = fs.existsSync(folder)
    ? fs.readdirSync(folder, { withFileTypes: true })
    : [];
  for (const entry of entries) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory() && !/^(node_modules|dist.*)$/.test(entry.name)) {
      yield* lockFilesBelow(file);
    } else if (/(^|[.-])package-lock\.json$/.test(entry.name)) {
      yield file;
    }
  }
}

function readLock(file) {
  const content = fs.readFileSync(file);
  const { name, version, ...root } = JSON.parse(content).packages[''];
  return {
    file,
    content,
    hash: createHash('sha256').update(content).digest('hex'),
    // npm ci wants the manifest that the lock was made from: it is in the lock.
    manifest: { name, version, private: true, ...root },
  };
}

async function install(lock, node, folder) {
  const staging = `${folder}.staging-${process.pid}`;
  fs.rmSync(staging, { recursive: true, force: true });
  fs.mkdirSync(staging, { recursive: true });
  fs.writeFileSync(path.join(staging, 'package-lock.json'), lock.content);
  fs.writeFileSync(
    path.join(staging, 'package.json'),
    JSON.stringify(lock.manifest, undefined, 2),
  );
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

/**
 * Puts the run-time dependencies of every kind of generated service into
 * `.cache/agentic/service-dependencies/<sha256 of its lock file>/node_modules`,
 * so that a created service starts without a network. Each folder appears
 * complete or not at all, and only once.
 */
export async function prepareServiceDependencies(node) {
  const locks = [...lockFilesBelow(templates)].map(readLock);
  for (const [index, lock] of locks.entries()) {
    const folder = path.join(serviceDependencyStore, lock.hash);
    if (!fs.existsSync(path.join(folder, 'node_modules'))) {
      await step(
        `Fetching what generated services need (${index + 1} of ${
          locks.length
        }: ${path.relative(templates, lock.file)})`,
        () => install(lock, node, folder),
      );
    }
  }
}
