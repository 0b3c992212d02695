import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { run, succeed } from './commands.mjs';
import { expectThat } from './Report.mjs';

const { parse } = createRequire(import.meta.url)('yaml');
const minimum = [3, 11];
const ask = 'import ensurepip, sys; print("%d.%d.%d" % sys.version_info[:3])';

async function version(program) {
  const { code, output } = await run(
    '/',
    [program, '-c', ask],
    process.env,
    20_000,
  ).catch(() => ({ code: 1, output: '' }));
  return code === 0 ? output.trim() : undefined;
}

/** Why Python services cannot be verified here, if they cannot. */
export async function findMissing() {
  const found = await version('python3');
  const [major, minor] = (found ?? '0.0').split('.').map(Number);
  return major > minimum[0] || (major === minimum[0] && minor >= minimum[1])
    ? undefined
    : `Python ${minimum.join('.')} or later with venv is needed, python3 is ${
        found ?? 'missing'
      }`;
}

/** The command for an argv of the launch description. */
export function commandFor([program, ...args], folder) {
  return [
    program === 'python' ? join(folder, '.venv/bin/python') : program,
    ...args,
  ];
}

function pinsIn(folder, lock) {
  return readFileSync(join(folder, lock), 'utf8')
    .split('\n')
    .flatMap(line => /^([\w.-]+==[^\s;]+)/.exec(line)?.[1] ?? []);
}

function pipInstall(lock) {
  return [
    ...['.venv/bin/python', '-m', 'pip', 'install', '--quiet'],
    ...['--disable-pip-version-check', '--no-compile', '--no-deps'],
    '--require-hashes',
    ...['--only-binary', ':all:', '--requirement', lock],
  ];
}

/**
 * Installs a Python service, puts it through its lint and type check and runs
 * its tests; answers false where nothing further can be looked at.
 */
export async function build({ report, folder, launch, plain, serverUrl }) {
  const environment = { ...process.env };
  delete environment.TEST_DATABASE_URL;
  const python = (...args) => ['.venv/bin/python', ...args];
  const installed = await report.check(
    'pip install --require-hashes, wheels only',
    async () => {
      await succeed(folder, ['python3', '-m', 'venv', '.venv'], environment);
      await succeed(folder, pipInstall('requirements-dev.txt'), environment);
    },
  );
  if (!installed) {
    return false;
  }
  await report.check('the locks agree', async () => {
    const dev = new Set(pinsIn(folder, 'requirements-dev.txt'));
    const missing = pinsIn(folder, 'requirements.txt').filter(
      pin => !dev.has(pin),
    );
    expectThat(missing.length === 0, `not in both: ${missing.join(', ')}`);
    await succeed(folder, python('-m', 'pip', 'check'), environment);
  });
  for (const args of [
    ['-m', 'ruff', 'check', '.'],
    ['-m', 'ruff', 'format', '--check', '.'],
    ['-m', 'mypy'],
  ]) {
    await report.check(`python ${args.join(' ')}`, async () => {
      await succeed(folder, python(...args), environment);
    });
  }
  await report.check('scripts/openapi.py prints openapi.yaml', async () => {
    const printed = await succeed(folder, python('-m', 'scripts.openapi'), {
      ...plain,
    });
    const stored = readFileSync(join(folder, 'openapi.yaml'), 'utf8');
    expectThat(
      isDeepStrictEqual(parse(printed), parse(stored)),
      'it differs from the file',
    );
  });
  await report.check('pytest', async () => {
    const output = await succeed(
      folder,
      python('-m', 'pytest', '-q', '-p', 'no:cacheprovider'),
      serverUrl
        ? { ...environment, TEST_DATABASE_URL: serverUrl }
        : environment,
    );
    const passed = Number(/(\d+) passed/.exec(output)?.[1] ?? 0);
    const skipped = Number(/(\d+) skipped/.exec(output)?.[1] ?? 0);
    const skips = Boolean(launch.testDatabaseUrlVariable) && !serverUrl;
    expectThat(passed > 0, 'no test ran');
    expectThat(
      skipped > 0 === skips,
      `${skipped} tests were skipped ${
        serverUrl ? 'with' : 'without'
      } a database`,
    );
    return `${passed} passed, ${skipped} skipped`;
  });
  // What follows must do with the run-time lock: a deployed service has nothing else.
  return report.check('keeps the run-time lock alone', async () => {
    const runtime = new Set(pinsIn(folder, 'requirements.txt'));
    const tools = pinsIn(folder, 'requirements-dev.txt')
      .filter(pin => !runtime.has(pin))
      .map(pin => pin.replace(/==.*/, ''));
    await succeed(
      folder,
      python('-m', 'pip', 'uninstall', '--quiet', '--yes', ...tools),
      environment,
    );
  });
}
