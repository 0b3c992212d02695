import { BareRepository } from './BareRepository';
import type { GitOptions } from './gitOptions';
import { withGit } from './withGit';

/** Where the repository of a service is and what its main branch points at; `undefined` when nothing is published. */
export async function publishedHead(
  options: GitOptions,
  serviceName: string,
  signal: AbortSignal,
): Promise<{ repositoryUrl: string; commit: string } | undefined> {
  return withGit(options, signal, async git => {
    const repository = new BareRepository(options, git, serviceName);
    const commit = (await repository.exists())
      ? await repository.head('main')
      : undefined;
    return commit ? { repositoryUrl: repository.url, commit } : undefined;
  });
}
