import {
  createReadOnlyTool,
  type ReadOnlyTool,
} from '@agentic-backstage/plugin-agentic-node';
import { NotFoundError } from '@backstage/errors';
import { z } from 'zod';
import { ServiceName } from '../disk/serviceName';
import { BareRepository } from './BareRepository';
import { FILE_SET_LIMITS, problemOfPath } from './fileSet';
import type { GitOptions } from './gitOptions';
import { withGit } from './withGit';

const Params = z
  .object({
    serviceName: ServiceName,
    /** A file whose content is wanted; without it, the list of files. */
    path: z
      .string()
      .refine(value => !problemOfPath(value), 'must be a plain relative path')
      .optional(),
  })
  .strict();
/** Parameters of `git.read`. */
export type GitReadParams = z.infer<typeof Params>;

const Result = z.object({
  exists: z.boolean(),
  commit: z.string().optional(),
  files: z.array(z.object({ path: z.string(), executable: z.boolean() })),
  content: z.string().optional(),
});
/** Result of `git.read`. */
export type GitReadResult = z.infer<typeof Result>;

/** Lists the files at the head of a service's repository, or reads one. */
export function createGitReadTool(
  options: GitOptions,
): ReadOnlyTool<GitReadParams, GitReadResult> {
  return createReadOnlyTool<GitReadParams, GitReadResult>({
    id: 'git.read',
    title: 'Read a Git repository',
    description:
      'Lists the files at the head of the main branch of a service, or answers the content of one.',
    schema: Params,
    result: Result,
    async read(params, context) {
      return withGit(options, context.signal, async git => {
        const repository = new BareRepository(options, git, params.serviceName);
        const exists = await repository.exists();
        const commit = exists ? await repository.head('main') : undefined;
        if (!commit) {
          return { exists, files: [] };
        }
        const tree = await repository.tree(commit);
        const files = tree.map(file => ({
          path: file.path,
          executable: file.mode === '100755',
        }));
        if (params.path === undefined) {
          return { exists, commit, files };
        }
        if (!tree.some(file => file.path === params.path)) {
          throw new NotFoundError(
            `The repository of ${params.serviceName} has no file '${params.path}' at ${commit}; list the files to see what there is`,
          );
        }
        const content = await repository.content(commit, params.path);
        return {
          exists,
          commit,
          files,
          content: content.slice(0, FILE_SET_LIMITS.bytesPerFile),
        };
      });
    },
  });
}
