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

/**
 * Runs the tests that a cloned service carries, with the dependencies of its
 * lock file from the store that `npm start` fills. Answers what they printed.
 */
export async function runOwnTests(folder) {
  const lock = fs.readFileSync(path.join(folder, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
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
  fs.symlinkSync(modules, path.join(folder, 'node_modules'), 'dir');
  const { scripts } = JSON.parse(
    fs.readFileSync(path.join(folder, 'package.json'), 'utf8'),
  );
  const [program, ...args] = scripts.test.replaceAll("'", '').split(' ');
  if (program !== 'node') {
    throw new Error(`The test script is no call of node: ${scripts.test}`);
  }
  const { NODE_TEST_CONTEXT, ...env } = process.env;
  const { stdout } = await run(process.execPath, args, { cwd: folder, env });
  return stdout;
}
