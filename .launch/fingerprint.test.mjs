import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fingerprint, isStamped, stamp } from './fingerprint.mjs';

let folder;
const write = (name, text) => {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
};

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'launch-fingerprint-'));
  write('src/a.ts', 'a');
  write('src/b.ts', 'b');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const changes = [
  ['a changed file', () => write('src/a.ts', 'A'), true],
  ['a new file', () => write('src/c.ts', ''), true],
  ['a removed file', () => fs.rmSync(path.join(folder, 'src/a.ts')), true],
  [
    'a renamed file',
    () =>
      fs.renameSync(
        path.join(folder, 'src/b.ts'),
        path.join(folder, 'src/c.ts'),
      ),
    true,
  ],
  [
    'content moved between files',
    () => {
      write('src/a.ts', 'ab');
      write('src/b.ts', '');
    },
    true,
  ],
  ['the same content written again', () => write('src/a.ts', 'a'), false],
  ['installed dependencies', () => write('node_modules/x/index.js', ''), false],
  ['built files', () => write('dist/index.js', ''), false],
];

function isChangedBy(change) {
  const before = fingerprint([folder]);
  change();
  return fingerprint([folder]) !== before;
}

for (const [what, change, changed] of changes) {
  test(`${what} ${changed ? 'changes' : 'does not change'} it`, () => {
    assert.equal(isChangedBy(change), changed);
  });
}

test('facts are part of it', () => {
  assert.notEqual(fingerprint([folder], 'x64'), fingerprint([folder], 'arm64'));
});

test('a stamp holds for one value', () => {
  const file = path.join(folder, 'made', 'stamp');
  assert.equal(isStamped(file, 'one'), false);
  stamp(file, 'one');
  assert.equal(isStamped(file, 'one'), true);
  assert.equal(isStamped(file, 'two'), false);
});
