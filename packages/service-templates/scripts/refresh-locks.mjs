// Writes the lockfile template of every variant, after its dependencies have
// changed in src/catalogue. Needs a registry; no registry's name is written.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
require('@backstage/cli-node/config/nodeTransform.cjs');
const { serviceTemplates } = require('../src/catalogue/serviceTemplates');

const templates = join(dirname(fileURLToPath(import.meta.url)), '../templates');

for (const template of serviceTemplates.filter(
  each => each.language === 'nodejs',
)) {
  for (const [name, database] of Object.entries(template.databases)) {
    const folder = mkdtempSync(join(tmpdir(), 'service-templates-lock-'));
    try {
      writeFileSync(
        join(folder, 'package.json'),
        JSON.stringify({
          name: 'service',
          version: '0.1.0',
          license: 'UNLICENSED',
          private: true,
          engines: { node: `>=${template.runtime.minimumVersion}` },
          dependencies: { ...template.dependencies, ...database.dependencies },
          devDependencies: {
            ...template.devDependencies,
            ...database.devDependencies,
          },
        }),
      );
      const { status } = spawnSync(
        'npm',
        [
          'install',
          '--package-lock-only',
          '--ignore-scripts',
          '--omit-lockfile-registry-resolved',
          '--no-audit',
          '--no-fund',
        ],
        { cwd: folder, stdio: 'inherit' },
      );
      if (status !== 0) {
        throw new Error(
          `npm could not resolve the dependencies of ${template.id} with ${name}`,
        );
      }
      const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
      if (lock.includes('"resolved"')) {
        throw new Error('the lockfile names a registry');
      }
      const own = database.layers.find(layer =>
        layer.folder.endsWith(`/database/${name}`),
      );
      writeFileSync(
        join(templates, own.folder, 'package-lock.json.njk'),
        lock.replaceAll(
          '"name": "service"',
          '"name": <$ service.name | json $>',
        ),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}
