import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { publishedPackages } from '../../.launch/pack.mjs';
import { inRoot } from '../../.launch/paths.mjs';
import { packedPackages } from './packedPackages.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'agentic-unpacked-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

/** What `backstage-cli` builds for every package of Backstage too, and its bundler expects. */
const BACKSTAGE_FORMAT = [
  // ES modules end in .esm.js, and are read by a bundler only.
  'FILE_INVALID_FORMAT',
  'EXPORTS_VALUE_INVALID_FORMAT',
  'EXPORT_TYPES_INVALID_FORMAT',
  // The condition `backstage` is no file.
  'EXPORTS_VALUE_INVALID',
  // Backend features are default exports of CommonJS modules.
  'CJS_WITH_ESMODULE_DEFAULT_EXPORT',
];

function unpack(tarball) {
  const target = path.join(folder, path.basename(tarball, '.tgz'));
  fs.mkdirSync(target);
  execFileSync('tar', ['-xzf', tarball, '-C', target]);
  const unpacked = path.join(target, 'package');
  const read = name =>
    JSON.parse(fs.readFileSync(path.join(unpacked, name), 'utf8'));
  return { folder: unpacked, manifest: read('package.json') };
}

const packages = packedPackages().map(unpack);
const names = packages.map(({ manifest }) => manifest.name);

/** Every file that a manifest promises. */
function declaredFiles({ main, module, types, exports = {}, bin, ...rest }) {
  const inExports = value =>
    typeof value === 'string'
      ? [value]
      : Object.entries(value)
          // Says what kind of feature an entry is, and is no file.
          .filter(([condition]) => condition !== 'backstage')
          .flatMap(([, inner]) => inExports(inner));
  const commands = typeof bin === 'string' ? [bin] : Object.values(bin ?? {});
  const schema =
    typeof rest.configSchema === 'string' ? [rest.configSchema] : [];
  return [
    ...new Set([
      ...[main, module, types].filter(Boolean),
      ...inExports(exports),
      ...commands,
      ...schema,
      ...rest.files,
      'LICENSE',
      'README.md',
    ]),
  ];
}

function filesBelow(start) {
  return fs
    .readdirSync(start, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath, entry.name));
}

test('there is a tarball of every published package', () => {
  assert.deepEqual(
    names.sort(),
    publishedPackages()
      .map(({ name }) => name)
      .sort(),
  );
});

test('Backstage finds nothing to fix in the manifests', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      inRoot('node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'),
      'repo',
      'fix',
      '--publish',
      '--check',
    ],
    { cwd: inRoot(), encoding: 'utf8' },
  );
  assert.equal(status, 0, `${stdout}${stderr}`);
});

for (const { folder: unpacked, manifest } of packages) {
  describe(manifest.name, () => {
    test('has every file that it declares', () => {
      const missing = declaredFiles(manifest).filter(
        file => !fs.existsSync(path.join(unpacked, file)),
      );
      assert.deepEqual(missing, []);
    });

    test('depends on published packages, in ranges that everybody can read', () => {
      const all = {
        ...manifest.dependencies,
        ...manifest.peerDependencies,
        ...manifest.optionalDependencies,
      };
      for (const [name, range] of Object.entries(all)) {
        assert.doesNotMatch(
          range,
          /^(workspace|link|file|portal|patch):/,
          name,
        );
        if (name.startsWith('@agentic-backstage/')) {
          assert.ok(names.includes(name), `${name} is not published`);
        }
        // Backstage is the portal's: a pinned version would be a second copy.
        if (name.startsWith('@backstage/')) {
          assert.match(range, /^\^/, `${name} ${range}`);
        }
      }
    });

    test('says which plugin it belongs to', () => {
      const { role, pluginId, features } = manifest.backstage;
      if (/plugin/.test(role)) {
        assert.ok(pluginId);
        assert.equal(
          /module/.test(role),
          Boolean(manifest.backstage.pluginPackage),
        );
        assert.ok(features['.'], 'Backstage cannot tell what the entry is');
        assert.equal(
          role === 'frontend-plugin',
          Boolean(manifest.peerDependencies?.react),
        );
      }
    });

    test('holds neither sources nor tests', () => {
      const unwanted = filesBelow(unpacked)
        .map(file => path.relative(unpacked, file))
        .filter(file => !file.startsWith('templates/'))
        .filter(
          file =>
            /(^|\/)(src|__fixtures__|__testUtils__|node_modules)\//.test(
              file,
            ) || /\.test\.|(?<!\.d)\.tsx?$/.test(file),
        );
      assert.deepEqual(unwanted, []);
    });

    test('holds no path of the machine that packed it', () => {
      const found = filesBelow(unpacked).filter(file =>
        fs.readFileSync(file, 'utf8').includes(inRoot()),
      );
      assert.deepEqual(found, []);
    });

    test('has nothing that publint objects to', async () => {
      const { messages, pkg } = await publint({
        pkgDir: unpacked,
        pack: false,
        level: 'warning',
      });
      assert.deepEqual(
        messages
          .filter(({ code }) => !BACKSTAGE_FORMAT.includes(code))
          .map(
            message =>
              `${message.code}: ${formatMessage(message, pkg, {
                color: false,
              })}`,
          ),
        [],
      );
    });
  });
}

test('the template files are all there', () => {
  const own = packages.find(
    ({ manifest }) => manifest.name === '@agentic-backstage/service-templates',
  );
  const relative = start =>
    filesBelow(start)
      .map(file => path.relative(start, file))
      .sort();
  assert.deepEqual(
    relative(path.join(own.folder, 'templates')),
    relative(inRoot('packages', 'service-templates', 'templates')),
  );
});

test('the software templates are all there', () => {
  const own = packages.find(({ manifest }) =>
    manifest.name.endsWith('/plugin-scaffolder-backend-module-agentic'),
  );
  const templates = start =>
    filesBelow(start)
      .map(file => path.relative(start, file))
      .sort();
  const source = templates(
    inRoot('plugins', 'scaffolder-backend-module-agentic', 'templates'),
  );
  assert.ok(source.length > 1);
  assert.deepEqual(templates(path.join(own.folder, 'templates')), source);
});

for (const { folder: unpacked, manifest } of packages) {
  const commands =
    typeof manifest.bin === 'string'
      ? { [path.posix.basename(manifest.name)]: manifest.bin }
      : manifest.bin ?? {};
  for (const [name, file] of Object.entries(commands)) {
    test(`the command ${name} is a program`, () => {
      const program = path.join(unpacked, file);
      assert.ok(fs.statSync(program).mode & 0o100, 'it may be executed');
      assert.match(fs.readFileSync(program, 'utf8'), /^#!\/usr\/bin\/env node/);
      const { status, stderr } = spawnSync(
        process.execPath,
        ['--check', program],
        { encoding: 'utf8' },
      );
      assert.equal(status, 0, stderr);
    });
  }
}
