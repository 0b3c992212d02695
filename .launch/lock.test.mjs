import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { tryLock } from './lock.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
let folder;
let file;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'launch-lock-'));
  file = path.join(folder, 'lock');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const source = `
  import fs from 'node:fs';
  import { setTimeout as sleep } from 'node:timers/promises';
  import { tryLock, waitForLock } from ${JSON.stringify(
    `file://${path.join(here, 'lock.mjs')}`,
  )};
  const [mode, file] = process.argv.slice(1);
`;

function script(body, ...args) {
  return ['--input-type=module', '--eval', source + body, ...args];
}

test('a second taker learns who holds it, until it is released', () => {
  const first = tryLock(file, { port: 1 });
  const second = tryLock(file);
  assert.equal(second.release, undefined);
  assert.equal(second.holder.pid, process.pid);
  assert.equal(second.holder.port, 1);
  first.release();
  const third = tryLock(file);
  assert.ok(third.release);
  third.release();
  assert.deepEqual(fs.readdirSync(folder), []);
});

test('a killed holder does not keep it', async () => {
  const child = spawn(
    process.execPath,
    script(
      `tryLock(file); console.log('held'); await sleep(60_000);`,
      'x',
      file,
    ),
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  assert.ok(tryLock(file).holder);
  child.kill('SIGKILL');
  await once(child, 'close');
  const { release } = tryLock(file);
  assert.ok(release);
  release();
});

test('a holder that ends by itself leaves nothing behind', () => {
  spawnSync(process.execPath, script(`tryLock(file);`, 'x', file));
  assert.deepEqual(fs.readdirSync(folder), []);
});

test('of many at once, after a killed one, never two hold it', async () => {
  fs.writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, token: 'dead' }));
  const body = `
    const release = await waitForLock(file, () => {});
    const inside = file + '.inside';
    fs.writeFileSync(inside, '', { flag: 'wx' });
    await sleep(20);
    fs.rmSync(inside);
    release();
  `;
  const codes = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const child = spawn(process.execPath, script(body, 'x', file), {
        stdio: 'inherit',
      });
      const [code] = await once(child, 'close');
      return code;
    }),
  );
  assert.deepEqual(codes, Array(8).fill(0));
});
