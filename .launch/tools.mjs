import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { childEnvironment } from './environment.mjs';
import { runVisibly } from './command.mjs';
import { ensureFrontend } from './frontend.mjs';
import { packPackages } from './pack.mjs';
import { prepare } from './prepare.mjs';
import { prepareServiceDependencies } from './prepareServiceDependencies.mjs';
import { portalSettings } from './portal.mjs';
import { inRoot } from './paths.mjs';
import { LaunchError, duration, say } from './log.mjs';

const script = (...parts) => inRoot('node_modules', ...parts);
const backstageCli = script('@backstage', 'cli', 'bin', 'backstage-cli');
const eslint = script('eslint', 'bin', 'eslint.js');
const prettier = script('prettier', 'bin-prettier.js');
const repoTools = script(
  '@backstage',
  'repo-tools',
  'bin',
  'backstage-repo-tools',
);
const tsc = script('typescript', 'bin', 'tsc');

async function run(node, title, args, extra) {
  const started = Date.now();
  say(`${title} …`);
  const code = await runVisibly(node, args, {
    cwd: inRoot(),
    env: childEnvironment(node, extra),
  });
  say(
    `${code === 0 ? 'Passed' : `Failed (exit code ${code})`} after ${duration(
      Date.now() - started,
    )}.`,
  );
  return code;
}

async function runAll(...works) {
  let worst = 0;
  for (const work of works) {
    worst = Math.max(worst, await work());
  }
  return worst;
}

function filesIn(folder, ending) {
  const absolute = inRoot(...folder);
  return fs.existsSync(absolute)
    ? fs
        .readdirSync(absolute)
        .filter(name => name.endsWith(ending))
        .sort()
        .map(name => path.join(absolute, name))
    : [];
}

function ownTests(patterns) {
  const files = ['.launch', '.eslint', '.ci'].flatMap(folder =>
    filesIn([folder], '.test.mjs'),
  );
  return patterns.length === 0
    ? files
    : files.filter(file =>
        patterns.some(part => path.relative(inRoot(), file).startsWith(part)),
      );
}

/**
 * `npm test [-- patterns and jest options]`: the whole suite, once, and the
 * tests of the launcher and of the lint rules.
 */
export async function test(args, extra = {}) {
  const node = await prepare(prepareServiceDependencies);
  const chosen = args.some(arg =>
    /^(--maxWorkers|-w|-i$|--runInBand)/.test(arg),
  );
  const patterns = args.filter(arg => !arg.startsWith('-'));
  const own = ownTests(patterns);
  const suite = () =>
    run(
      node,
      `Running the tests${args.length ? ` (${args.join(' ')})` : ''}`,
      [
        backstageCli,
        'repo',
        'test',
        '--watchAll=false',
        ...(chosen ? [] : ['--maxWorkers=2']),
        ...args,
      ],
      { CI: 'true', BACKSTAGE_TEST_DISABLE_DOCKER: '1', ...extra },
    );
  const launcher = () =>
    run(node, 'Running the tests of the launcher and the lint rules', [
      '--test',
      ...own,
    ]);
  if (patterns.length && own.length) {
    return launcher();
  }
  return runAll(...(own.length ? [launcher] : []), suite);
}

/**
 * `npm run test:portal`: a portal of its own, killed between any two steps of a
 * workflow, and attacked over HTTP.
 */
export async function testPortal(args, extra = {}) {
  const files = ['crashWalk', 'redTeam']
    .flatMap(folder => filesIn(['.ci', folder], '.test.mjs'))
    .filter(file => args.length === 0 || args.some(arg => file.includes(arg)));
  if (files.length === 0) {
    throw new LaunchError(
      `No test of the portal in .ci matches "${args.join(' ')}".`,
    );
  }
  const node = await prepare(prepareServiceDependencies);
  return run(
    node,
    `Running ${files.length} test file(s) against a portal`,
    ['--test', '--test-concurrency=1', '--test-reporter=spec', ...files],
    extra,
  );
}

/**
 * `npm run test:replicas`: several replicas on one PostgreSQL, which
 * AGENTIC_TEST_POSTGRES_URL names, behind a proxy.
 */
export async function testReplicas(args, extra = {}) {
  const files = filesIn(['.ci', 'replicas'], '.test.mjs').filter(
    file => args.length === 0 || args.some(arg => file.includes(arg)),
  );
  if (files.length === 0) {
    throw new LaunchError(
      `No test of replicas in .ci/replicas matches "${args.join(' ')}".`,
    );
  }
  const node = await prepare(prepareServiceDependencies);
  return run(
    node,
    `Running ${files.length} test file(s) against replicas`,
    ['--test', '--test-concurrency=1', '--test-reporter=spec', ...files],
    extra,
  );
}

/**
 * `npm run test:full`: everything with its long tables, every step of the crash
 * walks, the portal as a whole, and replicas under load. With patterns, the
 * suites that match.
 */
export function testFull(args) {
  const extra = { AGENTIC_TEST_FULL: '1' };
  return args.length
    ? test(args, extra)
    : runAll(
        () => test(args, extra),
        () => testPortal(args, extra),
        () => testReplicas(args, extra),
        () =>
          testAdopt([
            'tarballs',
            'newFrontend',
            'legacyFrontend',
            'previousRelease',
          ]),
      );
}

/** `npm run test:browser`: the main jobs in a Chromium that is installed here. */
export async function testBrowser(args) {
  const files = filesIn(['packages', 'app', 'e2e-tests'], '.test.mjs');
  const chosen = args.length
    ? files.filter(file => args.some(arg => file.includes(arg)))
    : files;
  if (chosen.length === 0) {
    throw new LaunchError(
      `No browser test in packages/app/e2e-tests matches "${args.join(' ')}".`,
    );
  }
  const node = await prepare(prepareServiceDependencies, ensureFrontend);
  return run(node, `Running ${chosen.length} browser test file(s)`, [
    '--test',
    '--test-concurrency=1',
    ...chosen,
  ]);
}

/**
 * `npm run test:adopt [-- names]`: packs the packages, looks into the tarballs,
 * and installs them into portals made from Backstage's own template, following
 * docs/install.md. Without names, those that every CI run does.
 */
export async function testAdopt(args) {
  const wanted = args.length ? args : ['tarballs', 'newFrontend'];
  const files = filesIn(['.ci', 'adopt'], '.test.mjs').filter(file =>
    wanted.some(name => path.basename(file) === `${name}.test.mjs`),
  );
  if (files.length !== wanted.length) {
    throw new LaunchError(
      `Not every one of ${wanted.join(', ')} is a test in .ci/adopt.`,
    );
  }
  const node = await prepare();
  const packages = fs.mkdtempSync(path.join(os.tmpdir(), 'agentic-packed-'));
  try {
    await packPackages(node, packages);
    return await run(
      node,
      `Running ${files.length} test file(s) with the packages`,
      ['--test', '--test-concurrency=1', '--test-reporter=spec', ...files],
      { AGENTIC_PACKAGES: packages },
    );
  } finally {
    fs.rmSync(packages, { recursive: true, force: true });
  }
}

/** `npm run verify-generated`: renders services and runs the tests they carry. */
export async function verifyGenerated(args) {
  const node = await prepare(prepareServiceDependencies);
  return run(node, 'Testing generated services', [
    inRoot('packages', 'service-templates', 'scripts', 'verify-generated.mjs'),
    ...args,
  ]);
}

/** `npm run bench`: every program in plugins/agentic-backend/bench. */
export async function bench(args) {
  const files = filesIn(['plugins', 'agentic-backend', 'bench'], '.bench.ts');
  if (files.length === 0) {
    throw new LaunchError(
      'There is no *.bench.ts in plugins/agentic-backend/bench.',
    );
  }
  const node = await prepare(prepareServiceDependencies);
  return runAll(
    ...files.map(
      file => () =>
        run(node, `Measuring ${path.basename(file)}`, [
          '--no-node-snapshot',
          '--require',
          '@backstage/cli/config/nodeTransform.cjs',
          file,
          ...args,
        ]),
    ),
  );
}

/** `npm run dev`: hot reload; pages on port 3000, backend on port 7007. */
export async function dev(args) {
  const node = await prepare(prepareServiceDependencies);
  return run(
    node,
    'Starting with hot reload: http://localhost:3000',
    [backstageCli, 'repo', 'start', ...args],
    {
      ...portalSettings,
      APP_CONFIG_app_baseUrl: '"http://localhost:3000"',
      APP_CONFIG_backend_cors_origin: '"http://localhost:3000"',
    },
  );
}

/** `npm run docs:generate`: the reference pages in docs/reference, from the declarations. */
export async function docsGenerate() {
  const node = await prepare();
  return run(node, 'Writing the reference pages', [
    inRoot('.ci', 'reference', 'generate.mjs'),
  ]);
}

/** `npm run lint`: every package, and the launcher itself. */
export async function lint(args) {
  const node = await prepare();
  return runAll(
    () =>
      run(node, 'Linting the packages', [
        backstageCli,
        'repo',
        'lint',
        '--max-warnings=0',
        ...args,
      ]),
    () =>
      run(node, 'Linting the launcher', [
        eslint,
        '--max-warnings=0',
        '--ext=.mjs,.cjs,.js',
        ...args.filter(arg => arg === '--fix'),
        '.launch',
        '.ci',
      ]),
  );
}

/** `npm run prettier:check`: formatting of every file that is ours. */
export async function prettierCheck(args) {
  const node = await prepare();
  return run(node, 'Checking the formatting', [
    prettier,
    '--check',
    '--loglevel=warn',
    ...(args.length ? args : ['.', '.launch', '.ci', '.eslint', '.changeset']),
  ]);
}

/** `npm run tsc`: the type check, leaving declarations in dist-types. */
export async function typeCheck(args) {
  const node = await prepare();
  return run(node, 'Checking the types', [tsc, ...args]);
}

/** `npm run api-reports [-- --ci]`: writes, or with --ci compares, the reports. */
export async function apiReports(args) {
  const node = await prepare();
  const declared = await run(node, 'Writing the type declarations', [
    tsc,
    '--incremental',
    'false',
  ]);
  return declared === 0
    ? run(node, 'API reports', [
        repoTools,
        'api-reports',
        '--allow-all-warnings',
        // Everything exported from an index is public; nothing is tagged. Workspaces are read from
        // their sources, which the extractor remarks on with the path of this machine.
        '--omit-messages',
        'ae-missing-release-tag,ae-wrong-input-file-type',
        '--exclude',
        'examples/*',
        ...args,
      ])
    : declared;
}
