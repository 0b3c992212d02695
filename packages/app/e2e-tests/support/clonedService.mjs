import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { inRepository } from './repository.mjs';

const run = promisify(execFile);

/** Clones what a workflow published into a new folder. */
export async function cloneRepository(url, folder) {
  await run('git', ['clone', '--quiet', url, folder]);
  return folder;
}

/** The store's entry for a lock file: services that differ in their name only share one. */
function dependenciesFor(lock) {
  const name = JSON.parse(lock).name;
  const neutral = lock.replaceAll(`"name": "${name}"`, '"name": "service"');
  const hash = createHash('sha256').update(neutral).digest('hex');
  const modules = inRepository(
    '.cache/agentic/service-dependencies',
    hash,
    'node_modules',
  );
  if (!fs.existsSync(modules)) {
    throw new Error(
      `There are no dependencies for the lock file ${hash}; run npm run bootstrap`,
    );
  }
  return modules;
}

async function runNodeTests(folder) {
  const read = name => fs.readFileSync(path.join(folder, name), 'utf8');
  const modules = dependenciesFor(read('package-lock.json'));
  fs.symlinkSync(modules, path.join(folder, 'node_modules'), 'dir');
  const script = JSON.parse(read('package.json')).scripts.test;
  const [program, ...args] = script.replaceAll("'", '').split(' ');
  if (program !== 'node') {
    throw new Error(`The test script is no call of node: ${script}`);
  }
  // Else the inner run believes that it is a part of ours.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { stdout } = await run(
    process.execPath,
    ['--test-reporter=tap', ...args],
    { cwd: folder, env },
  );
  return /^# pass (\d+)$/m.exec(stdout)?.[1];
}

/** Does what the README of the service says. */
async function runPythonTests(folder) {
  const python = path.join(folder, '.venv', 'bin', 'python');
  const here = { cwd: folder };
  await run('python3', ['-m', 'venv', '.venv'], here);
  await run(
    python,
    [
      ...['-m', 'pip', 'install', '--quiet', '--no-deps', '--require-hashes'],
      ...['--only-binary', ':all:', '--requirement', 'requirements-dev.txt'],
    ],
    here,
  );
  const { stdout } = await run(python, ['-m', 'pytest', '-q'], here);
  return /(\d+) passed/.exec(stdout)?.[1];
}

async function runGoTests(folder) {
  const { stdout } = await run('go', ['test', '-v', './...'], {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
    // As in its Makefile, so that what was compiled before is used again.
    env: {
      ...process.env,
      CGO_ENABLED: '0',
      GOFLAGS: '-mod=readonly -trimpath -tags=nomsgpack',
    },
  });
  return stdout.match(/^\s*--- PASS: /gm)?.length;
}

const testsOf = {
  nodejs: runNodeTests,
  python: runPythonTests,
  go: runGoTests,
};

/**
 * Runs the tests that a cloned service carries, with the dependencies of its
 * lock file: those of Node.js from the store that `npm start` fills, those of
 * other languages as its README says. Answers how many passed; fails with what
 * they printed when one fails.
 */
export async function runOwnTests(folder, language) {
  const passed = await testsOf[language](folder);
  if (!passed) {
    throw new Error('The tests did not say how many passed');
  }
  return Number(passed);
}
