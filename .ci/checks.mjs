import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { added, jestCounts, nodeTestCounts, statedCounts } from './counts.mjs';
import { startAndStop } from './portal.mjs';
import { Tally, failure, runProgram, say } from './steps.mjs';
import { suitesOnPostgres } from './suitesOnPostgres.mjs';
import { forbiddenInTrackedFiles } from './trackedFiles.mjs';
import { withoutNetwork } from './withoutNetwork.mjs';

process.chdir(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'agentic-ci-'));
const tally = new Tally();
const only = process.argv.slice(2);

async function step(name, title, work) {
  if (only.length === 0 || only.includes(name)) {
    await tally.step(title, work);
  }
}

/** A step that takes too long for every run: only when it is named. */
async function longStep(name, title, work) {
  if (only.includes(name)) {
    await tally.step(title, work);
  }
}

async function launch(
  args,
  { count, env = {}, minutes = 10, offline = false } = {},
) {
  const command = [process.execPath, '.launch/run.mjs', ...args];
  const apart = offline ? withoutNetwork(command) : undefined;
  if (offline) {
    say(
      `[ci] ${
        apart ? 'without a network' : 'with whatever network there is'
      }\n`,
    );
  }
  const [program, ...rest] = apart ?? command;
  const { code, output } = await runProgram(program, rest, { env, minutes });
  const counts = count?.(output);
  if (code !== 0) {
    throw failure(`exit code ${code}`, counts);
  }
  if (counts && counts.passed === 0) {
    throw failure('no test ran', counts);
  }
  return counts;
}

function jest(name, args, options = {}) {
  const report = path.join(reports, `${name}.json`);
  return launch(['test', ...args, '--json', `--outputFile=${report}`], {
    minutes: 20,
    ...options,
    count: output =>
      fs.existsSync(report)
        ? added(jestCounts(report), nodeTestCounts(output))
        : nodeTestCounts(output),
  });
}

await step('bootstrap', 'bootstrap', () => launch(['bootstrap']));
await tally.sideBySide(
  async () => {
    await step('lint', 'lint', () => launch(['lint']));
    await step('prettier', 'formatting', () => launch(['prettier:check']));
  },
  async () => {
    await step('tsc', 'types', () => launch(['tsc']));
    await step('api', 'API reports', () => launch(['api-reports', '--ci']));
  },
);
await step(
  'rules',
  'alert rules, by promtool where the machine has it',
  async () => {
    const args = ['check', 'rules', 'docs/dashboards/alerts.yaml'];
    const { code, output } = await runProgram('promtool', args, { minutes: 1 });
    if (output.includes('ENOENT')) {
      say(
        '[ci] promtool is not here (Debian: prometheus); a test has looked at the names\n',
      );
    } else if (code !== 0) {
      throw failure(`\n${output}`);
    }
  },
);
await step('docs', 'documentation site', () =>
  launch(['docs:site'], { minutes: 5 }),
);
await step('tracked', 'nothing secret or local in tracked files', () => {
  const found = forbiddenInTrackedFiles();
  if (found.length > 0) {
    throw failure(`\n${found.join('\n')}`);
  }
});
// PostgreSQL has a step of its own.
await step('test', 'tests', () =>
  jest('all', [], { env: { AGENTIC_TEST_POSTGRES_URL: '' }, offline: true }),
);
await step('postgres', 'backend tests on PostgreSQL', () => {
  const url = process.env.AGENTIC_TEST_POSTGRES_URL;
  if (!url) {
    throw failure('there is no PostgreSQL server');
  }
  return jest('postgres', suitesOnPostgres(), {
    env: {
      AGENTIC_TEST_ONLY_POSTGRES: '1',
    },
  });
});
await longStep('mutants', 'a guard from which one thing was taken', () =>
  jest('mutants', ['plugins/agentic-backend/src/runtime/guard/mutants'], {
    env: { AGENTIC_GUARD_MUTANTS: 'all' },
  }),
);
await longStep('crashes', 'the host killed between any two steps', () =>
  jest('crashes', ['plugins/agentic-backend/src/runtime/crashWalk'], {
    env: { AGENTIC_CRASH_WALK: 'all' },
    minutes: 25,
  }),
);
await longStep('custom-agent', 'the custom agent at work', () =>
  launch(['test:authors', 'customAgent'], { count: nodeTestCounts }),
);
await longStep('replicas-all', 'replicas: streams, an update, kills', () =>
  launch(['test:replicas'], { count: nodeTestCounts, minutes: 30 }),
);
await longStep('adopt-all', 'the same in every supported portal', () =>
  launch(
    [
      'test:adopt',
      'tarballs',
      'newFrontend',
      'legacyFrontend',
      'previousRelease',
    ],
    { count: nodeTestCounts, minutes: 60 },
  ),
);
// Much of these is waiting: for starts, for what is being fetched, for one process at a time.
await tally.sideBySide(
  async () => {
    await step('adopt', 'the packages in a portal of somebody else', () =>
      launch(['test:adopt'], { count: nodeTestCounts, minutes: 20 }),
    );
    // Installs and compiles, so that the browser tests find what they need.
    for (const [language, title] of [
      ['python', 'Python'],
      ['go', 'Go'],
    ]) {
      await step(language, `${title} services as local processes`, () =>
        jest(
          language,
          [
            `plugins/agentic-backend/src/tools/(localTarget|localProcess/toolchains/${language})`,
          ],
          { env: { AGENTIC_TEST_LANGUAGE: language } },
        ),
      );
    }
    await step('rego', "Rego against OPA's own cases and OPA itself", () =>
      jest('rego', ['packages/rego/src/againstOpa'], {
        env: { AGENTIC_REGO_EVALUATIONS: '1000' },
      }),
    );
  },
  async () => {
    await step('killed', 'the portal killed while it works', () =>
      launch(['test:portal', 'crashWalk'], {
        count: nodeTestCounts,
        minutes: 16,
      }),
    );
    await step('upgrade', 'an upgrade from the version before, and back', () =>
      jest('upgrade', ['plugins/agentic-backend/src/upgrade'], {
        env: { AGENTIC_UPGRADE_WORKFLOWS: '5' },
      }),
    );
    await step('replicas', 'three replicas on one database', () =>
      launch(['test:replicas', 'together'], { count: nodeTestCounts }),
    );
    await step('redteam', 'a red team against the portal', () =>
      launch(['test:portal', 'redTeam'], { count: nodeTestCounts }),
    );
    await step('generated', "generated services' own tests", () =>
      launch(['verify-generated'], { count: statedCounts, minutes: 15 }),
    );
    await step('authors', 'the recipes for authors of agents and tools', () =>
      launch(['test:authors'], { count: nodeTestCounts, minutes: 6 }),
    );
  },
);
await step('start', 'npm start, first time', async () => {
  const seconds = await startAndStop();
  say(`[ci] ready after ${seconds} s\n`);
});
await step('start', 'npm start, second time under 40 s', async () => {
  const seconds = await startAndStop();
  say(`[ci] ready after ${seconds} s\n`);
  if (seconds >= 40) {
    throw failure(`ready after ${seconds} s`);
  }
});
const browserTests = fs
  .readdirSync('packages/app/e2e-tests')
  .filter(name => name.endsWith('.test.mjs'));
const browser = (title, holds) => () =>
  step('browser', `browser tests: ${title}`, () =>
    launch(['test:browser', ...browserTests.filter(holds)], {
      count: nodeTestCounts,
      minutes: 25,
    }),
  );
const isMainJob = name => name.startsWith('mainJob');
await tally.sideBySide(
  browser('the main job', isMainJob),
  browser('the pages', name => !isMainJob(name)),
);

fs.rmSync(reports, { recursive: true, force: true });
process.exitCode = tally.finish();
