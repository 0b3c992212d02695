import { copyFile, open, stat, truncate } from 'node:fs/promises';

const MAX_READ = 512 * 1024;

/** The last lines of a log file, at most half a MiB of them. */
export async function lastLines(
  file: string,
  lines: number,
): Promise<string[]> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (!handle) {
    return [];
  }
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, MAX_READ);
    const { buffer, bytesRead } = await handle.read({
      buffer: Buffer.alloc(length),
      length,
      position: size - length,
    });
    const text = buffer.subarray(0, bytesRead).toString('utf8').trimEnd();
    return text === '' ? [] : text.split('\n').slice(-lines);
  } finally {
    await handle.close();
  }
}

/**
 * Starts a log that has grown too large anew, keeping what it held in one older file. The service
 * writes on into the same file, which it holds open for appending.
 */
export async function capLog(file: string, maxBytes: number): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  if (!found || found.size <= maxBytes) {
    return false;
  }
  await copyFile(file, `${file}.1`);
  await truncate(file);
  return true;
}
