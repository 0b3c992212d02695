import { access, chmod, mkdir, rename, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { BareRepository } from '../git/BareRepository';
import { withGit } from '../git/withGit';
import type { LocalProcessOptions } from './localProcessOptions';

/** Where a commit of a service is checked out. */
export function releaseFolder(
  options: LocalProcessOptions,
  serviceName: string,
  commit: string,
): string {
  return path.join(options.dataDir, 'releases', serviceName, commit);
}

/** Checks a commit out of the service's repository, whole or not at all, and answers where. */
export async function checkOutRelease(
  options: LocalProcessOptions,
  release: { serviceName: string; commit: string; signal: AbortSignal },
): Promise<string> {
  const { serviceName, commit, signal } = release;
  const folder = releaseFolder(options, serviceName, commit);
  const there = await access(folder).then(
    () => true,
    () => false,
  );
  if (there) {
    return folder;
  }
  const staging = `${folder}.${randomUUID()}.new`;
  try {
    await withGit(options.git, signal, async git => {
      const repository = new BareRepository(options.git, git, serviceName);
      await mkdir(path.dirname(folder), { recursive: true });
      await git.run([
        'clone',
        '--quiet',
        '--no-hardlinks',
        '--no-checkout',
        '--template=',
        repository.url,
        staging,
      ]);
      await git.run(['checkout', '--quiet', '--detach', commit], {
        cwd: staging,
      });
    });
    // What runs is the commit and nothing else: neither history nor a way back to the repository.
    await rm(path.join(staging, '.git'), { recursive: true, force: true });
    await chmod(staging, 0o755);
    await rename(staging, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return folder;
}
