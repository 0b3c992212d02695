import {
  createEffectTool,
  type EffectTool,
  type ToolContext,
} from '@agentic-backstage/plugin-agentic-node';
import type {
  Problem,
  ReadBack,
} from '@agentic-backstage/plugin-agentic-common';
import { z } from 'zod';
import { productionProblems } from '../disk/localTargetOptions';
import { oneAtATime } from '../disk/oneAtATime';
import { ServiceName } from '../disk/serviceName';
import { archiveRepository } from './archiveRepository';
import {
  BareRepository,
  effectTrailers,
  revertTrailers,
} from './BareRepository';
import { collectFileSet, requireFileSet } from './fileSet';
import type { GitOptions } from './gitOptions';
import { gitVersion } from './gitProbe';
import { plannedChanges, planTree } from './planTree';
import { pushFileSet, pushRevert } from './pushCommit';
import { compareWithTree } from './compareWithTree';
import { withGit, type Git } from './withGit';

const Params = z
  .object({
    serviceName: ServiceName,
    artifactIds: z.array(z.string().min(1).max(200)).min(1).max(20),
    message: z
      .string()
      .min(1)
      .max(500)
      .regex(/^[^\0\r\n]+$/, 'must be one line'),
    branch: z.literal('main'),
  })
  .strict();
/** Parameters of `git.publish`. */
export type GitPublishParams = z.infer<typeof Params>;

const Result = z.object({
  repositoryUrl: z.string(),
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  branch: z.string(),
  created: z.boolean(),
});
/** Result of `git.publish`. `created` says whether the effect made the repository. */
export type GitPublishResult = z.infer<typeof Result>;

function seen(state: ReadBack['state'], evidence: string): ReadBack {
  return { state, evidence, observedAt: new Date().toISOString() };
}

/** Publishes artifacts to the service's bare repository on disk with a real push. */
export function createGitPublishTool(
  options: GitOptions,
): EffectTool<GitPublishParams, GitPublishResult> {
  const inRepository = <T>(
    serviceName: string,
    context: ToolContext,
    work: (repository: BareRepository, git: Git) => Promise<T>,
  ) =>
    withGit(options, context.signal, git =>
      work(new BareRepository(options, git, serviceName), git),
    );

  async function problemsOfGit(): Promise<Problem[]> {
    const git = await gitVersion(options);
    return git.available
      ? []
      : [
          {
            field: 'repository',
            message: git.detail,
            remedy: 'Install git 2.30 or later and start the portal again',
          },
        ];
  }

  return createEffectTool<GitPublishParams, GitPublishResult>({
    id: 'git.publish',
    title: 'Publish to a Git repository',
    description:
      'Commits the files of artifacts to the bare repository of the service on disk and pushes them to its main branch.',
    schema: Params,
    result: Result,
    localOnly: true,

    blastRadius: ({ serviceName }) => ({
      scope: 'service',
      destructive: false,
      description: `One commit on the main branch of the repository of ${serviceName}; history is never rewritten`,
    }),

    estimateCost: () => ({
      status: 'known',
      currency: 'USD',
      monthly: 0,
      lines: [
        {
          item: 'Repository on the disk of the portal',
          monthly: 0,
          source: 'Uses the machine the portal runs on; nothing is rented',
        },
      ],
    }),

    rollbackStrategy: ({ serviceName }) =>
      `A repository of ${serviceName} made by this effect is moved to the archive folder, never deleted; in one that was there before, or has moved on, the commit is reverted by a new commit`,

    async validate(params, context) {
      const { problems } = await collectFileSet(
        context.artifacts,
        params.artifactIds,
      );
      return [
        ...productionProblems(options),
        ...(await problemsOfGit()),
        ...problems,
      ];
    },

    async dryRun(params, context) {
      const files = await requireFileSet(context.artifacts, params.artifactIds);
      return inRepository(params.serviceName, context, async repository => {
        const exists = await repository.exists();
        const head = exists ? await repository.head(params.branch) : undefined;
        const plan = planTree({
          tree: head ? await repository.tree(head) : [],
          managed: head
            ? await repository.managedPaths(params.branch)
            : new Set<string>(),
          files,
        });
        const changes = plannedChanges(plan);
        if (!exists) {
          changes.unshift({
            action: 'create',
            resource: repository.url,
            detail: 'new bare repository',
          });
        }
        if (changes.length === 0) {
          changes.push({
            action: 'none',
            resource: repository.url,
            detail:
              'every file is there already; an empty commit marks the run',
          });
        }
        return {
          summary: `${plan.create.length} files created, ${
            plan.update.length
          } updated, ${plan.remove.length} deleted, ${
            plan.unchanged
          } unchanged in ${exists ? 'the' : 'a new'} repository of ${
            params.serviceName
          }`,
          changes,
          warnings: [],
        };
      });
    },

    async execute(params, context) {
      const { idempotencyKey, workflowId } = context;
      const files = await requireFileSet(context.artifacts, params.artifactIds);
      return inRepository(params.serviceName, context, (repository, git) =>
        oneAtATime(repository.folder, async () => {
          if (!(await repository.exists())) {
            await repository.create(idempotencyKey, params.serviceName);
            context.log.info(`Made the repository ${repository.url}`);
          }
          const commit = await pushFileSet({
            git,
            repository,
            branch: params.branch,
            files,
            message: `${params.message}\n\n${effectTrailers({
              workflowId,
              idempotencyKey,
            })}\n`,
            findExisting: async () =>
              (await repository.head(params.branch)) &&
              repository.commitOf(idempotencyKey, params.branch),
          });
          context.log.info(
            `Pushed ${files.length} files as ${commit.slice(0, 12)} to ${
              params.branch
            }`,
          );
          return {
            repositoryUrl: repository.url,
            commit,
            branch: params.branch,
            created: (await repository.createdBy()) === idempotencyKey,
          };
        }),
      );
    },

    async readBack(params, result, context) {
      const files = await requireFileSet(context.artifacts, params.artifactIds);
      return inRepository(params.serviceName, context, async repository => {
        if (!(await repository.exists())) {
          return seen('absent', `There is no repository at ${repository.url}`);
        }
        const head = await repository.head(params.branch);
        const commit =
          head &&
          (await repository.commitOf(context.idempotencyKey, params.branch));
        if (!head || !commit) {
          return seen(
            'absent',
            `No commit on ${params.branch} of ${repository.url} carries ${context.idempotencyKey}`,
          );
        }
        if (result && result.commit !== commit) {
          return seen(
            'unknown',
            `The effect answered commit ${result.commit}, the repository has ${commit}`,
          );
        }
        const difference = compareWithTree(
          files,
          await repository.tree(commit),
        );
        if (difference) {
          return seen('unknown', `Commit ${commit}: ${difference}`);
        }
        return {
          ...seen(
            'confirmed',
            `ls-remote shows ${head} on ${params.branch}${
              head === commit ? '' : `, whose history has ${commit}`
            }; the object ids of all ${
              files.length
            } files are those of the artifacts`,
          ),
          result: {
            repositoryUrl: repository.url,
            commit,
            branch: params.branch,
            created: (await repository.createdBy()) === context.idempotencyKey,
          },
        };
      });
    },

    async rollback(params, _result, context) {
      const { idempotencyKey, workflowId } = context;
      return inRepository(params.serviceName, context, (repository, git) =>
        oneAtATime(repository.folder, async () => {
          if (!(await repository.exists())) {
            return seen(
              'absent',
              `There is no repository at ${repository.url}`,
            );
          }
          const head = await repository.head(params.branch);
          const mine = (await repository.createdBy()) === idempotencyKey;
          const commit =
            head && (await repository.commitOf(idempotencyKey, params.branch));
          if (mine && (!head || head === commit)) {
            const archived = await archiveRepository(
              options,
              repository.folder,
            );
            return (await repository.exists())
              ? seen('unknown', `${repository.url} is there again`)
              : seen('absent', `The repository was moved to ${archived}`);
          }
          if (!commit) {
            return seen(
              'absent',
              `No commit on ${params.branch} of ${repository.url} carries ${idempotencyKey}`,
            );
          }
          const revert = await pushRevert({
            git,
            repository,
            branch: params.branch,
            commit,
            message: `Revert ${commit.slice(0, 12)}: ${
              params.message
            }\n\n${revertTrailers({ workflowId, idempotencyKey })}\n`,
          });
          if (!revert) {
            return seen(
              'unknown',
              `Later commits changed the same lines as ${commit}; nothing was changed, revert it by hand`,
            );
          }
          return (await repository.commitOf(idempotencyKey, params.branch))
            ? seen(
                'unknown',
                `The revert ${revert} does not show on ${params.branch}`,
              )
            : seen('absent', `Commit ${commit} was reverted by ${revert}`);
        }),
      );
    },
  });
}
