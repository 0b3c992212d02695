import { join } from 'node:path';
import { succeed, versionOf } from './commands.mjs';
import { expectThat } from './Report.mjs';

const minimum = [1, 26];

/** Why Go services cannot be verified here, if they cannot. */
export async function findMissing() {
  const found = /^go version go(\d+)\.(\d+)/.exec(
    (await versionOf('go', ['version'])) ?? '',
  );
  const [major, minor] = (found ?? []).slice(1).map(Number);
  return found &&
    (major > minimum[0] || (major === minimum[0] && minor >= minimum[1]))
    ? undefined
    : `Go ${minimum.join('.')} or later is needed, go is ${
        found ? found[0] : 'missing'
      }`;
}

/** The command for an argv of the launch description. */
export function commandFor([program, ...args], folder) {
  return [join(folder, program), ...args];
}

/** How many tests, subtests included, ended how. */
function countTests(output) {
  const counts = { pass: 0, skip: 0 };
  for (const line of output.split('\n')) {
    const event = line.startsWith('{') ? JSON.parse(line) : {};
    if (event.Test && event.Action in counts) {
      counts[event.Action] += 1;
    }
  }
  return counts;
}

/**
 * Puts a Go service through gofmt and vet, builds it and runs its tests;
 * answers false where nothing further can be looked at.
 */
export async function build({ report, folder, launch, serverUrl }) {
  const environment = {
    ...process.env,
    CGO_ENABLED: '0',
    GOFLAGS: '-mod=readonly -trimpath -tags=nomsgpack -buildvcs=false',
    GOTOOLCHAIN: 'local',
  };
  delete environment.TEST_DATABASE_URL;
  const go = (...args) => succeed(folder, ['go', ...args], environment);

  await report.check('gofmt -l', async () => {
    const unformatted = await succeed(
      folder,
      ['gofmt', '-l', '.'],
      environment,
    );
    expectThat(unformatted === '', `not formatted:\n${unformatted}`);
  });
  const downloaded = await report.check('go mod download', async () => {
    await go('mod', 'download');
  });
  const built =
    downloaded &&
    (await report.check('go build', async () => {
      await go('build', '-ldflags=-s -w', '-o', 'bin/service', './cmd/service');
    }));
  if (!built) {
    return false;
  }
  await report.check('go vet', async () => {
    await go('vet', './...');
  });
  return report.check('go test', async () => {
    const output = await succeed(
      folder,
      // Nobody debugs these programs, and half of the linking is for that.
      ['go', 'test', '-ldflags=-w', '-json', './...'],
      serverUrl
        ? { ...environment, TEST_DATABASE_URL: serverUrl }
        : environment,
    );
    const { pass, skip } = countTests(output);
    const skips = Boolean(launch.testDatabaseUrlVariable) && !serverUrl;
    expectThat(pass > 0, 'no test ran');
    expectThat(
      skip > 0 === skips,
      `${skip} tests were skipped ${serverUrl ? 'with' : 'without'} a database`,
    );
    return `${pass} passed, ${skip} skipped`;
  });
}
