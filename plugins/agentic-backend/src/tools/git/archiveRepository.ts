import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import type { GitOptions } from './gitOptions';

/** Moves a repository to the archive folder and answers where it went. Nothing is ever deleted. */
export async function archiveRepository(
  options: GitOptions,
  folder: string,
): Promise<string> {
  const archive = path.join(options.repositoriesDir, '.archive');
  await mkdir(archive, { recursive: true });
  const time = new Date().toISOString().replace(/[:.]/g, '-');
  const target = path.join(
    archive,
    `${path.basename(folder, '.git')}-${time}.git`,
  );
  await rename(folder, target);
  return target;
}
