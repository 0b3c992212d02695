import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

const skipped = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

function* filesBelow(file) {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (!stat) {
    return;
  }
  if (!stat.isDirectory()) {
    yield file;
    return;
  }
  for (const name of fs.readdirSync(file).sort()) {
    if (!skipped.has(name)) {
      yield* filesBelow(path.join(file, name));
    }
  }
}

/** One hash over the names and contents of files and folders of the repository. */
export function fingerprint(paths, ...facts) {
  const hash = createHash('sha256');
  hash.update(JSON.stringify(facts));
  for (const file of paths.flatMap(each => [...filesBelow(each)])) {
    const content = fs.readFileSync(file);
    hash.update(`\n${path.relative(root, file)}\n${content.length}\n`);
    hash.update(content);
  }
  return hash.digest('hex');
}

/** True when the stamp file holds exactly this fingerprint. */
export function isStamped(stampFile, value) {
  try {
    return fs.readFileSync(stampFile, 'utf8') === value;
  } catch {
    return false;
  }
}

/** Records that what the fingerprint describes is in place. */
export function stamp(stampFile, value) {
  fs.mkdirSync(path.dirname(stampFile), { recursive: true });
  fs.writeFileSync(stampFile, value);
}
