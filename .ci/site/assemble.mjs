// Lays out what TechDocs builds the site from in docs/.site: the pages of the navigation and all that
// they link to, each where it lies in the repository, so that the same links hold in both places.
// TechDocs wants its pages below its settings, and links that leave them would lead nowhere.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPage } from '../documents.mjs';
import { navigation, SITE_SETTINGS } from './navigation.mjs';

process.chdir(
  path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..'),
);
const site = path.join('docs', '.site');
fs.rmSync(site, { recursive: true, force: true });

const wanted = new Set(navigation());
for (const file of wanted) {
  const copy = path.join(site, 'pages', file);
  fs.mkdirSync(path.dirname(copy), { recursive: true });
  fs.copyFileSync(file, copy);
  if (file.endsWith('.md')) {
    for (const link of readPage(file).links) {
      const [target] = link.split('#');
      if (target && !/^(https?|mailto):/.test(link)) {
        wanted.add(path.join(path.dirname(file), decodeURIComponent(target)));
      }
    }
  }
}
fs.copyFileSync(SITE_SETTINGS, path.join(site, 'mkdocs.yml'));
process.stdout.write(`${wanted.size} files in ${site}\n`);
