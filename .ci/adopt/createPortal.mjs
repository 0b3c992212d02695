import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { portalEnvironment, yarnFolder } from './portalEnvironment.mjs';

const run = promisify(execFile);
const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);

/** The version of Backstage's `create-app` that belongs to each release that is supported. */
const CREATE_APP = { 1.54: '0.9.1', 1.55: '0.9.2' };

const YARN = path.join('.yarn', 'releases', 'yarn-4.18.1.cjs');

/** Puts a `yarn` into a folder that runs a release of Yarn. */
function writeYarn(folder, release) {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(
    path.join(folder, 'yarn'),
    `#!/bin/sh\nexec "${process.execPath}" "${release}" "$@"\n`,
    { mode: 0o755 },
  );
}

function edit(file, change) {
  fs.writeFileSync(file, change(fs.readFileSync(file, 'utf8')));
}

function editJson(file, change) {
  edit(
    file,
    text => `${JSON.stringify(change(JSON.parse(text)), undefined, 2)}\n`,
  );
}

/**
 * What is changed in the template, and why: each entry only because of the
 * machines that this runs on, which reach package registries and nothing else.
 * Nothing here is for our packages.
 */
const ADAPTATIONS = [
  {
    why: 'There is no yarn command, and the Yarn of the template ends with an error when it has to ask a registry a second time; ours does not.',
    adapt(portal) {
      fs.mkdirSync(path.join(portal, '.yarn', 'releases'), { recursive: true });
      fs.copyFileSync(path.join(root, YARN), path.join(portal, YARN));
      edit(path.join(portal, '.yarnrc.yml'), text =>
        text.replace(/^yarnPath: .*$/m, `yarnPath: ${YARN}`),
      );
      writeYarn(yarnFolder(portal), path.join(portal, YARN));
    },
  },
  {
    why: 'Install scripts compile, or download what no registry has. better-sqlite3 12 needs one; 13 carries its binaries.',
    adapt(portal) {
      edit(
        path.join(portal, '.yarnrc.yml'),
        text => `${text}enableScripts: false\n`,
      );
      editJson(
        path.join(portal, 'packages/backend/package.json'),
        manifest => ({
          ...manifest,
          dependencies: {
            ...manifest.dependencies,
            'better-sqlite3': '^13.2.0',
          },
        }),
      );
    },
  },
  {
    why: 'Which versions: the template takes a lock file from a host that we do not reach. What belongs to the release is what its create-app names; the newest of the others lack a binary, or want a patch that was not published.',
    adapt(portal, versions) {
      editJson(path.join(portal, 'package.json'), manifest => ({
        ...manifest,
        resolutions: {
          ...manifest.resolutions,
          ...versions,
          '@swc/core': '1.16.18',
          'unrs-resolver': '1.12.2',
          rollup: '4.67.4',
          '@yarnpkg/core': '4.9.1',
        },
      }));
    },
  },
];

/** Says where our packages are: the registry that stands in for the public one, for our scope only. */
function useRegistry(portal, registry) {
  edit(
    path.join(portal, '.yarnrc.yml'),
    text =>
      `${text}npmScopes:\n  agentic-backstage:\n    npmRegistryServer: ${registry}\nunsafeHttpWhitelist: [127.0.0.1]\n`,
  );
}

/**
 * Leaves to the template's own range each version of the release that the
 * registry does not have; with one of them, nothing could be installed.
 */
async function leaveOutMissingVersions(portal) {
  for (;;) {
    const output = await run('yarn', ['install', '--mode=update-lockfile'], {
      cwd: portal,
      env: portalEnvironment(portal),
      maxBuffer: 64 * 1024 * 1024,
    }).then(
      () => '',
      error => error.stdout,
    );
    const missing = /(@backstage\/[\w-]+)@npm:[\w.-]+: No candidates/.exec(
      output,
    );
    if (!missing) {
      return;
    }
    editJson(path.join(portal, 'package.json'), manifest => {
      delete manifest.resolutions[missing[1]];
      return manifest;
    });
  }
}

/**
 * Makes a new portal from Backstage's own template of a release, for either
 * frontend system, with nothing installed yet.
 */
export async function createPortal({
  folder,
  portal,
  release,
  legacy,
  registry,
}) {
  const tools = path.join(folder, 'create-app');
  fs.mkdirSync(tools, { recursive: true });
  await run(
    'npm',
    [
      'install',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--prefix',
      tools,
      `@backstage/create-app@${CREATE_APP[release]}`,
    ],
    { cwd: tools },
  );
  writeYarn(yarnFolder(tools), path.join(root, YARN));
  const createApp = path.join(
    tools,
    'node_modules',
    '@backstage',
    'create-app',
  );
  await run(
    process.execPath,
    [
      path.join(createApp, 'bin', 'backstage-create-app'),
      '--skip-install',
      '--path',
      portal,
      ...(legacy ? ['--legacy'] : []),
    ],
    {
      env: {
        ...process.env,
        // create-app looks whether there is a yarn, and some machines have none.
        PATH: [yarnFolder(tools), process.env.PATH].join(path.delimiter),
        BACKSTAGE_APP_NAME: 'portal',
      },
    },
  );
  const { packageVersions } = createRequire(import.meta.url)(
    path.join(createApp, 'dist', 'lib', 'versions.cjs.js'),
  );
  for (const { adapt } of ADAPTATIONS) {
    adapt(portal, packageVersions);
  }
  useRegistry(portal, registry);
  await leaveOutMissingVersions(portal);
}
