// `npm run docs:generate`: writes the reference pages that declarations are made into.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { referencePages } from './referencePages.mjs';

process.chdir(
  path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..'),
);
for (const [file, text] of referencePages()) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const before = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  if (before !== text) {
    fs.writeFileSync(file, text);
  }
  process.stdout.write(`${before === text ? 'same   ' : 'written'} ${file}\n`);
}
