import { PolicyRequestError } from '../PolicyRequestError';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import type { SourceFile } from '../FileCheck';
import { MAX_CHARACTERS } from '../evaluation/checkPolicy';

const SKIPPED = new Set(['.git', '.terraform', 'node_modules', 'dist']);

async function read(file: string, name: string): Promise<SourceFile> {
  const { size } = await fs.stat(file);
  // A longer file is reported by its length; there is no need to hold all of it.
  const content =
    size > MAX_CHARACTERS * 4
      ? ' '.repeat(MAX_CHARACTERS + 1)
      : await fs.readFile(file, 'utf8');
  return { path: name, content };
}

async function readFolder(root: string, name: string): Promise<SourceFile[]> {
  const entries = await fs.readdir(root, { withFileTypes: true });
  const files: SourceFile[] = [];
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name))) {
    const below = path.posix.join(name, entry.name);
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) {
      files.push(...(await readFolder(path.join(root, entry.name), below)));
    } else if (entry.isFile()) {
      files.push(await read(path.join(root, entry.name), below));
    }
  }
  return files;
}

/** Reads files, and every file below folders. Links are not followed. */
export async function readFiles(
  paths: readonly string[],
): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for (const given of paths) {
    const stat = await fs.lstat(given).catch(() => {
      throw new PolicyRequestError(`${given} is not there, or cannot be read`);
    });
    // Paths inside a folder are told from there, so that modules find each other.
    files.push(
      ...(stat.isDirectory()
        ? await readFolder(given, '')
        : [await read(given, given.replace(/^\.\//, ''))]),
    );
  }
  return files;
}
