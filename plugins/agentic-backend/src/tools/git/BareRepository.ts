import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type { Git } from './withGit';
import type { GitOptions } from './gitOptions';

/** One file in a commit. */
export interface TreeFile {
  readonly path: string;
  readonly mode: string;
  readonly blob: string;
}

const EFFECT_TRAILER = 'Agentic-Effect';
const REVERT_TRAILER = 'Agentic-Reverts';

/** A service's bare repository on disk. Looks through git only, never through what was remembered. */
export class BareRepository {
  readonly folder: string;
  readonly url: string;
  readonly #git: Git;

  constructor(options: GitOptions, git: Git, serviceName: string) {
    this.folder = path.join(options.repositoriesDir, `${serviceName}.git`);
    this.url = pathToFileURL(this.folder).href;
    this.#git = git;
  }

  async exists(): Promise<boolean> {
    return access(path.join(this.folder, 'HEAD')).then(
      () => true,
      () => false,
    );
  }

  /** Makes the repository, whole or not at all, marked with the effect that made it. */
  async create(idempotencyKey: string, description: string): Promise<void> {
    const staging = `${this.folder}.${randomUUID()}.new`;
    await mkdir(path.dirname(this.folder), { recursive: true });
    try {
      await this.#git.run([
        'init',
        '--quiet',
        '--bare',
        '--template=',
        '--object-format=sha1',
        '--initial-branch=main',
        staging,
      ]);
      await writeFile(path.join(staging, 'description'), `${description}\n`);
      await this.#git.run([
        'config',
        '--file',
        path.join(staging, 'config'),
        'agentic.createdBy',
        idempotencyKey,
      ]);
      await rename(staging, this.folder);
    } catch (error) {
      await rm(staging, { recursive: true, force: true });
      // Somebody else was faster: the repository is there, which is what was wanted.
      if (!(await this.exists())) {
        throw error;
      }
    }
  }

  /** The key of the effect that made the repository. */
  async createdBy(): Promise<string | undefined> {
    const { exitCode, stdout } = await this.#git.try([
      'config',
      '--file',
      path.join(this.folder, 'config'),
      'agentic.createdBy',
    ]);
    return exitCode === 0 ? stdout.trim() : undefined;
  }

  /** The commit at the tip of the branch, as any client of the repository would see it. */
  async head(branch: string): Promise<string | undefined> {
    const listed = await this.#git.run([
      'ls-remote',
      this.url,
      `refs/heads/${branch}`,
    ]);
    return listed.split('\t')[0].trim() || undefined;
  }

  /** The commit of an effect on the branch, unless a later commit reverted it. */
  async commitOf(
    idempotencyKey: string,
    branch: string,
  ): Promise<string | undefined> {
    const log = await this.#inside([
      'log',
      `--format=%H%x00%(trailers:key=${EFFECT_TRAILER},valueonly,separator=%x2C)%x00%(trailers:key=${REVERT_TRAILER},valueonly,separator=%x2C)`,
      `refs/heads/${branch}`,
      '--',
    ]);
    for (const line of log.split('\n')) {
      const [commit, effect, reverted] = line.split('\0');
      if (reverted === idempotencyKey) {
        return undefined;
      }
      if (effect === idempotencyKey) {
        return commit;
      }
    }
    return undefined;
  }

  /** Whether a commit belongs to the history of another. */
  async contains(head: string, commit: string): Promise<boolean> {
    const { exitCode } = await this.#git.try([
      '--git-dir',
      this.folder,
      'merge-base',
      '--is-ancestor',
      commit,
      head,
    ]);
    return exitCode === 0;
  }

  /** Every file of a commit. */
  async tree(commit: string): Promise<TreeFile[]> {
    const listed = await this.#inside(['ls-tree', '-r', '-z', commit]);
    return listed
      .split('\0')
      .filter(Boolean)
      .map(entry => {
        const [meta, filePath] = entry.split('\t');
        const [mode, , blob] = meta.split(' ');
        return { path: filePath, mode, blob };
      });
  }

  /** Paths that the framework's own commits have added: the only ones it may remove again. */
  async managedPaths(branch: string): Promise<ReadonlySet<string>> {
    const listed = await this.#inside([
      'log',
      `--grep=^${EFFECT_TRAILER}: `,
      '--diff-filter=A',
      '--name-only',
      '-z',
      '--format=',
      `refs/heads/${branch}`,
      '--',
    ]);
    return new Set(
      listed
        .split('\0')
        .map(name => name.replace(/^\n+/, ''))
        .filter(Boolean),
    );
  }

  /** The content of a file in a commit. */
  async content(commit: string, filePath: string): Promise<string> {
    return this.#inside(['cat-file', 'blob', `${commit}:${filePath}`]);
  }

  #inside(args: readonly string[]): Promise<string> {
    return this.#git.run(['--git-dir', this.folder, ...args]);
  }
}

/** The lines that tie a commit to its workflow and effect. */
export function effectTrailers(options: {
  workflowId: string;
  idempotencyKey: string;
}): string {
  return `Agentic-Workflow: ${options.workflowId}\n${EFFECT_TRAILER}: ${options.idempotencyKey}`;
}

/** The lines that tie a reverting commit to the effect it undoes. */
export function revertTrailers(options: {
  workflowId: string;
  idempotencyKey: string;
}): string {
  return `Agentic-Workflow: ${options.workflowId}\n${REVERT_TRAILER}: ${options.idempotencyKey}`;
}
