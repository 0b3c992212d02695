import type { ArtifactReader } from '@agentic-backstage/plugin-agentic-node';
import { InputError } from '@backstage/errors';
import { BareRepository } from '../git/BareRepository';
import { compareWithTree } from '../git/compareWithTree';
import { collectFileSet } from '../git/fileSet';
import { withGit } from '../git/withGit';
import type { LocalProcessOptions } from './localProcessOptions';

/**
 * The commit at the head of the service's repository, once it is seen to hold exactly the files of
 * the artifacts: what was approved is what runs. Throws `InputError` when it does not.
 */
export async function publishedCommit(
  options: LocalProcessOptions,
  request: {
    serviceName: string;
    artifactIds: readonly string[];
    artifacts: ArtifactReader;
    signal: AbortSignal;
  },
): Promise<string> {
  const { serviceName, artifactIds, artifacts, signal } = request;
  const { files } = await collectFileSet(artifacts, artifactIds);
  return withGit(options.git, signal, async git => {
    const repository = new BareRepository(options.git, git, serviceName);
    const head = (await repository.exists())
      ? await repository.head('main')
      : undefined;
    if (!head) {
      throw new InputError(
        `${serviceName} has no published commit; publish its artifacts with git.publish before it is deployed`,
      );
    }
    const tree = await repository.tree(head);
    const approved = new Set(files.map(file => file.path));
    const extra = tree.find(file => !approved.has(file.path));
    const difference = extra
      ? `the file ${extra.path} is in none of the approved artifacts`
      : compareWithTree(files, tree);
    if (difference) {
      throw new InputError(
        `The head ${head} of ${serviceName} is not what was approved: ${difference}; publish the artifacts again, or plan the deployment of the new head`,
      );
    }
    return head;
  });
}
