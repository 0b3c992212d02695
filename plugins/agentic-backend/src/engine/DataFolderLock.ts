import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  link,
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ConflictError } from '@backstage/errors';

const SIGN_OF_LIFE_MS = 2000;
// A holder on another machine (a container that was replaced) cannot be asked; it is dead when it
// has not touched its file for this long.
const SILENT_MS = 10_000;

const SETTLE_MS = 200;

interface Holder {
  readonly pid: number;
  readonly startedAt?: string;
  readonly host: string;
  readonly token: string;
}

/**
 * When the process with this id was started, in whatever form the system tells; two processes that
 * got the same id one after the other differ in it. `undefined` when it is not running or the
 * system does not say.
 */
export async function processStartTime(
  pid: number,
): Promise<string | undefined> {
  try {
    if (process.platform === 'linux') {
      const line = await readFile(`/proc/${pid}/stat`, 'utf8');
      // Counted from the closing bracket, because the command's name may hold spaces.
      return line.slice(line.lastIndexOf(')') + 2).split(' ')[19];
    }
    if (process.platform === 'win32') {
      return undefined;
    }
    const { stdout } = await promisify(execFile)('ps', [
      '-o',
      'lstart=',
      '-p',
      String(pid),
    ]);
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Keeps a data folder to one process: a file beside its content that names the holder. What a dead
 * process left is taken over; a living holder is an error that names it.
 */
export class DataFolderLock {
  #timer?: NodeJS.Timeout;

  private constructor(
    private readonly file: string,
    private readonly token: string,
  ) {}

  static async acquire(file: string): Promise<DataFolderLock> {
    const me: Holder = {
      pid: process.pid,
      startedAt: await processStartTime(process.pid),
      host: hostname(),
      token: randomUUID(),
    };
    await mkdir(dirname(file), { recursive: true });
    const mine = `${file}.${me.token}`;
    await writeFile(mine, JSON.stringify(me));
    try {
      // Linking either makes the whole file or fails: nobody sees half of one.
      for (;;) {
        if (!(await tryLink(mine, file))) {
          await removeStale(file, me);
          continue;
        }
        // One that looked before we came may still move our file aside for a stale one, and a third
        // may be faster than its coming back: who holds it is who is still there a while later.
        await sleep(SETTLE_MS);
        if ((await readHolder(file))?.token === me.token) {
          break;
        }
      }
    } finally {
      await rm(mine, { force: true });
    }
    const lock = new DataFolderLock(file, me.token);
    lock.#timer = setInterval(() => {
      const now = new Date();
      // Fails when the folder is deleted under us; there is nothing left to hold then.
      utimes(file, now, now).catch(() => {});
    }, SIGN_OF_LIFE_MS);
    lock.#timer.unref();
    return lock;
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    const holder = await readHolder(this.file);
    if (holder?.token === this.token) {
      await rm(this.file, { force: true });
    }
  }
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

async function removeStale(file: string, me: Holder): Promise<void> {
  const holder = await readHolder(file);
  if (holder && (await isHeld(file, holder, me))) {
    throw new ConflictError(
      `The engine's data folder ${dirname(file)} is in use by process ${
        holder.pid
      } on ${
        holder.host
      }: stop that process, or configure another data folder for this one`,
    );
  }
  const again = await readHolder(file);
  if (again?.token !== holder?.token) {
    return;
  }
  const aside = `${file}.stale-${me.token}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return;
    }
    throw error;
  }
  // Another process may have put its own file there since we looked: then that goes back.
  const moved = await readHolder(aside);
  if (moved && moved.token !== holder?.token) {
    await tryLink(aside, file);
  }
  await rm(aside, { force: true });
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

async function isHeld(
  file: string,
  holder: Holder,
  me: Holder,
): Promise<boolean> {
  if (holder.host === me.host) {
    if (!isAlive(holder.pid)) {
      return false;
    }
    const startedAt = await processStartTime(holder.pid);
    return (
      startedAt === undefined ||
      holder.startedAt === undefined ||
      startedAt === holder.startedAt
    );
  }
  const touched = await touchedAt(file);
  const silentFor = touched === undefined ? Infinity : Date.now() - touched;
  if (silentFor < SILENT_MS) {
    await sleep(SILENT_MS - silentFor + 100);
    return (await touchedAt(file)) !== touched;
  }
  return false;
}

async function touchedAt(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return undefined;
  }
}
