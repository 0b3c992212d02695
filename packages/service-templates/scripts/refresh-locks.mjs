// Writes the lockfile templates of every variant, after dependencies have
// changed in src/catalogue: node scripts/refresh-locks.mjs [language…]. Needs
// the tools of the language and a registry; no registry's name is written.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
require('@backstage/cli-node/config/nodeTransform.cjs');
const { serviceTemplates } = require('../src/catalogue/serviceTemplates');

const templates = join(dirname(fileURLToPath(import.meta.url)), '../templates');
const wanted = process.argv.slice(2);

for (const template of serviceTemplates.filter(
  ({ language }) => wanted.length === 0 || wanted.includes(language),
)) {
  const { resolveLocks } = await import(`./locks/${template.language}.mjs`);
  for (const [name, database] of Object.entries(template.databases)) {
    const folder = mkdtempSync(join(tmpdir(), 'service-templates-lock-'));
    try {
      const own = database.layers.find(layer =>
        layer.folder.endsWith(`/database/${name}`),
      );
      const locks = resolveLocks({ folder, template, database });
      for (const [file, content] of Object.entries(locks)) {
        writeFileSync(join(templates, own.folder, `${file}.njk`), content);
      }
      process.stdout.write(`${template.id} with ${name}\n`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}
