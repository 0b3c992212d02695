import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { succeed } from './commands.mjs';
import { expectThat } from './Report.mjs';

const { parse } = createRequire(import.meta.url)('yaml');

/** This program runs on the Node that services need. */
export async function findMissing() {
  return undefined;
}

/** The command for an argv of the launch description. */
export function commandFor([program, ...args]) {
  return [program === 'node' ? process.execPath : program, ...args];
}

/**
 * Installs a Node.js service, puts it through its lint and type check and runs
 * its tests; answers false where nothing further can be looked at.
 */
export async function build({ report, folder, launch, plain, serverUrl }) {
  const environment = { ...process.env };
  delete environment.TEST_DATABASE_URL;
  const installed = await report.check('npm ci', () =>
    succeed(
      folder,
      ['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund'],
      environment,
    ).then(() => undefined),
  );
  if (!installed) {
    return false;
  }
  for (const script of ['lint', 'typecheck']) {
    await report.check(`npm run ${script}`, async () => {
      await succeed(folder, ['npm', 'run', script], environment);
    });
  }
  await report.check('npm run openapi prints openapi.yaml', async () => {
    const printed = await succeed(
      folder,
      commandFor(['node', 'scripts/openapi.ts']),
      plain,
    );
    const stored = readFileSync(join(folder, 'openapi.yaml'), 'utf8');
    expectThat(
      JSON.stringify(parse(printed)) === JSON.stringify(parse(stored)),
      'it differs from the file',
    );
  });
  // What follows must do with production dependencies: a deployed service has no others.
  await report.check('npm prune --omit=dev', async () => {
    await succeed(
      folder,
      [
        ...['npm', 'prune', '--omit=dev'],
        ...['--ignore-scripts', '--no-audit', '--no-fund'],
      ],
      environment,
    );
  });
  await report.check('npm test', async () => {
    const output = await succeed(
      folder,
      ['npm', 'test'],
      serverUrl
        ? { ...environment, TEST_DATABASE_URL: serverUrl }
        : environment,
    );
    const [, skipped] = /skipped (\d+)/.exec(output) ?? [];
    const [, passed] = /pass (\d+)/.exec(output) ?? [];
    const skips = Boolean(launch.testDatabaseUrlVariable) && !serverUrl;
    expectThat(
      Number(skipped) > 0 === skips,
      `${skipped} tests were skipped ${
        serverUrl ? 'with' : 'without'
      } a database`,
    );
    return `${passed} passed, ${skipped} skipped`;
  });
  return true;
}
