import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdtemp,
  readdir,
  readFile,
  rm,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolderLock, processStartTime } from './DataFolderLock';

describe('DataFolderLock', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'agentic-lock-'));
    file = join(folder, 'lock.json');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function leaveLock(change: object) {
    const lock = await DataFolderLock.acquire(file);
    const holder = JSON.parse(await readFile(file, 'utf8'));
    await lock.release();
    await writeFile(file, JSON.stringify({ ...holder, ...change }));
  }

  it('keeps a second holder out with an error that names the process and the remedy', async () => {
    const lock = await DataFolderLock.acquire(file);
    await expect(DataFolderLock.acquire(file)).rejects.toThrow(
      new RegExp(`in use by process ${process.pid} .*configure another`),
    );
    await lock.release();
    await (await DataFolderLock.acquire(file)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes over from a process that is dead', async () => {
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(child, 'exit');
    await leaveLock({ pid: child.pid });
    await (await DataFolderLock.acquire(file)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes over when the process id now belongs to a later process', async () => {
    expect(await processStartTime(process.pid)).toEqual(expect.any(String));
    await leaveLock({ startedAt: 'long ago' });
    await (await DataFolderLock.acquire(file)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes over a file that says nothing', async () => {
    await writeFile(file, '');
    await (await DataFolderLock.acquire(file)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes over from another machine that has been silent', async () => {
    await leaveLock({ host: 'elsewhere' });
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(file, longAgo, longAgo);
    await (await DataFolderLock.acquire(file)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('lets exactly one of many that come at once have a stale lock', async () => {
    await leaveLock({ startedAt: 'long ago' });
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, () => DataFolderLock.acquire(file)),
    );
    const held = tries.flatMap(t =>
      t.status === 'fulfilled' ? [t.value] : [],
    );
    expect(held).toHaveLength(1);
    await held[0].release();
    expect(await readdir(folder)).toEqual([]);
  });
});
