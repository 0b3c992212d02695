import { ConflictError } from '@backstage/errors';
import { rm } from 'node:fs/promises';
import type { BareRepository } from './BareRepository';
import type { PublishedFile } from './fileSet';
import { planTree } from './planTree';
import type { Git } from './withGit';

const ATTEMPTS = 3;

async function cloneInto(
  git: Git,
  repository: BareRepository,
  branch: string,
): Promise<void> {
  await rm(git.workspace, { recursive: true, force: true });
  await git.run([
    'clone',
    '--quiet',
    '--no-hardlinks',
    '--no-checkout',
    '--template=',
    repository.url,
    git.workspace,
  ]);
  const { exitCode } = await git.try(
    ['rev-parse', '--verify', '--quiet', `refs/remotes/origin/${branch}`],
    { cwd: git.workspace },
  );
  await git.run(
    exitCode === 0
      ? ['update-ref', 'HEAD', `refs/remotes/origin/${branch}`]
      : ['symbolic-ref', 'HEAD', `refs/heads/${branch}`],
    { cwd: git.workspace },
  );
  if (exitCode === 0) {
    await git.run(['read-tree', 'HEAD'], { cwd: git.workspace });
  }
}

/** Pushes the clone's HEAD. Answers false when somebody else was faster. */
async function push(git: Git, branch: string): Promise<boolean> {
  const { exitCode, stderr } = await git.try(
    ['push', '--quiet', '--porcelain', 'origin', `HEAD:refs/heads/${branch}`],
    { cwd: git.workspace },
  );
  if (exitCode === 0) {
    return true;
  }
  if (/rejected|fetch first|non-fast-forward|cannot lock ref/.test(stderr)) {
    return false;
  }
  throw new Error(
    `git could not push to the branch '${branch}': ${stderr.trim()}`,
  );
}

async function stageFiles(
  git: Git,
  repository: BareRepository,
  branch: string,
  files: readonly PublishedFile[],
): Promise<void> {
  const cwd = git.workspace;
  const head = await git.try(['rev-parse', '--verify', '--quiet', 'HEAD'], {
    cwd,
  });
  const tree =
    head.exitCode === 0 ? await repository.tree(head.stdout.trim()) : [];
  const managed =
    head.exitCode === 0
      ? await repository.managedPaths(branch)
      : new Set<string>();
  const plan = planTree({ tree, managed, files });
  const lines: string[] = plan.remove.map(
    filePath => `0 ${'0'.repeat(40)}\t${filePath}\0`,
  );
  for (const file of [...plan.create, ...plan.update]) {
    // Straight into the object store: the service's own .gitattributes and .gitignore must not
    // change or drop what was approved.
    const blob = await git.run(
      ['hash-object', '-w', '--no-filters', '--stdin'],
      { cwd, input: file.content },
    );
    lines.push(`${file.mode} ${blob.trim()}\t${file.path}\0`);
  }
  await git.run(['update-index', '-z', '--index-info'], {
    cwd,
    input: lines.join(''),
  });
}

/**
 * Commits a file set in a temporary clone and pushes it. Answers the commit; `findExisting` is asked
 * before each attempt, so that of two pushes with the same key only one succeeds.
 */
export async function pushFileSet(options: {
  git: Git;
  repository: BareRepository;
  branch: string;
  files: readonly PublishedFile[];
  message: string;
  findExisting: () => Promise<string | undefined>;
}): Promise<string> {
  const { git, repository, branch, files, message, findExisting } = options;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const existing = await findExisting();
    if (existing) {
      return existing;
    }
    await cloneInto(git, repository, branch);
    await stageFiles(git, repository, branch, files);
    // An empty commit is kept as well: it is the mark that the effect took place.
    await git.run(
      ['commit', '--quiet', '--allow-empty', '--cleanup=verbatim', '--file=-'],
      { cwd: git.workspace, input: message },
    );
    const commit = await git.run(['rev-parse', 'HEAD'], { cwd: git.workspace });
    if (await push(git, branch)) {
      return commit.trim();
    }
  }
  throw new ConflictError(
    `The branch '${branch}' of ${repository.url} kept moving during ${ATTEMPTS} pushes; try again when it is quiet`,
  );
}

/** Reverts a commit and pushes that. Answers the new commit, or `undefined` when later commits stand in the way. */
export async function pushRevert(options: {
  git: Git;
  repository: BareRepository;
  branch: string;
  commit: string;
  message: string;
}): Promise<string | undefined> {
  const { git, repository, branch, commit, message } = options;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    await cloneInto(git, repository, branch);
    await git.run(['reset', '--quiet', '--hard'], { cwd: git.workspace });
    const reverted = await git.try(['revert', '--no-commit', commit], {
      cwd: git.workspace,
    });
    if (reverted.exitCode !== 0) {
      return undefined;
    }
    await git.run(
      ['commit', '--quiet', '--allow-empty', '--cleanup=verbatim', '--file=-'],
      { cwd: git.workspace, input: message },
    );
    const head = await git.run(['rev-parse', 'HEAD'], { cwd: git.workspace });
    if (await push(git, branch)) {
      return head.trim();
    }
  }
  throw new ConflictError(
    `The branch '${branch}' of ${repository.url} kept moving during ${ATTEMPTS} pushes; try again when it is quiet`,
  );
}
