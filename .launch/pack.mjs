import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { npmCommand, runQuietly } from './command.mjs';
import { childEnvironment } from './environment.mjs';
import { say, step } from './log.mjs';
import { inRoot, root } from './paths.mjs';
import { prepare } from './prepare.mjs';

const script = (...parts) => inRoot('node_modules', ...parts);
const backstageCli = script('@backstage', 'cli', 'bin', 'backstage-cli');
const tsc = script('typescript', 'bin', 'tsc');

const readManifest = folder =>
  JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));

/** The packages that are for others: name, version and folder of every workspace that is not private. */
export function publishedPackages() {
  return ['packages', 'plugins']
    .flatMap(group =>
      fs.readdirSync(inRoot(group)).map(name => path.join(group, name)),
    )
    .filter(folder => fs.existsSync(inRoot(folder, 'package.json')))
    .map(folder => ({ folder, ...readManifest(inRoot(folder)) }))
    .filter(({ private: isPrivate }) => !isPrivate)
    .map(({ folder, name, version }) => ({ folder, name, version }));
}

/** `workspace:` ranges as an installation outside of this repository can read them. */
function resolveWorkspaces(dependencies, versions) {
  return Object.fromEntries(
    Object.entries(dependencies ?? {}).map(([name, range]) => [
      name,
      range.replace(/^workspace:(\^|~|\*)?$/, (_, sign) => {
        if (!versions.has(name)) {
          throw new Error(
            `${name} is not published, so nothing published may depend on it`,
          );
        }
        return `${sign === '*' ? '' : sign ?? ''}${versions.get(name)}`;
      }),
    ]),
  );
}

/** Entries in the order that TypeScript wants: the first condition that fits is taken. */
function typesFirst(entries) {
  return Object.fromEntries(
    Object.entries(entries).map(([mount, entry]) => {
      if (typeof entry === 'string') {
        return [mount, entry];
      }
      const { types, ...others } = entry;
      return [mount, { ...(types && { types }), ...others }];
    }),
  );
}

/** Leaves in a manifest what somebody who installs the package needs. */
function finishManifest(folder, versions) {
  const manifest = readManifest(folder);
  delete manifest.scripts;
  delete manifest.devDependencies;
  manifest.publishConfig = { access: 'public' };
  for (const kind of [
    'dependencies',
    'peerDependencies',
    'optionalDependencies',
  ]) {
    if (manifest[kind]) {
      manifest[kind] = resolveWorkspaces(manifest[kind], versions);
    }
  }
  if (manifest.exports) {
    manifest.exports = typesFirst(manifest.exports);
  }
  fs.writeFileSync(
    path.join(folder, 'package.json'),
    `${JSON.stringify(manifest, undefined, 2)}\n`,
  );
}

async function build(node) {
  const environment = { cwd: root, env: childEnvironment(node) };
  await step('Writing the type declarations', () =>
    runQuietly('pack-types', node, [tsc], environment),
  );
  await step('Building the packages', () =>
    runQuietly(
      'pack-build',
      node,
      [backstageCli, 'repo', 'build'],
      environment,
    ),
  );
}

async function stage(node, packages, staging) {
  await step('Taking from each what is published', () =>
    runQuietly(
      'pack-stage',
      node,
      [
        backstageCli,
        'build-workspace',
        staging,
        ...packages.map(({ name }) => name),
      ],
      { cwd: root, env: childEnvironment(node) },
    ),
  );
  const versions = new Map(packages.map(each => [each.name, each.version]));
  for (const { folder } of packages) {
    finishManifest(path.join(staging, folder), versions);
    fs.copyFileSync(inRoot('LICENSE'), path.join(staging, folder, 'LICENSE'));
  }
}

const tarballOf = ({ name, version }) =>
  `${name.replace(/^@/, '').replace('/', '-')}-${version}.tgz`;

/**
 * Builds every published package and writes it as a tarball into a folder, as a
 * registry would hold it. The sources are not touched. Answers the files.
 */
export async function packPackages(node, target) {
  const packages = publishedPackages();
  await build(node);
  const staging = fs.mkdtempSync(path.join(os.tmpdir(), 'agentic-pack-'));
  try {
    await stage(node, packages, staging);
    fs.mkdirSync(target, { recursive: true });
    for (const name of fs.readdirSync(target)) {
      if (/^agentic-backstage-.*\.tgz$/.test(name)) {
        fs.rmSync(path.join(target, name));
      }
    }
    const npm = npmCommand();
    await step(`Packing ${packages.length} packages`, async () => {
      for (const { folder } of packages) {
        await runQuietly(
          'pack-npm',
          npm.program,
          [
            ...npm.args,
            'pack',
            '--ignore-scripts',
            '--pack-destination',
            target,
          ],
          {
            cwd: path.join(staging, folder),
            env: childEnvironment(node),
          },
        );
      }
    });
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
  return packages.map(each => path.join(target, tarballOf(each)));
}

/** `npm run pack:all [-- folder]`: a tarball of each package, in `dist-packages` or that folder. */
export async function packAll([folder]) {
  const target = folder ? path.resolve(folder) : inRoot('dist-packages');
  const node = await prepare();
  const files = await packPackages(node, target);
  for (const file of files) {
    const kilobytes = Math.round(fs.statSync(file).size / 1024);
    say(`${path.relative(process.cwd(), file)}  ${kilobytes} KiB`);
  }
  return 0;
}
