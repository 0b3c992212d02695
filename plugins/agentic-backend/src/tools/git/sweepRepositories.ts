import type {
  SweepCandidate,
  SweepContext,
  SweepTask,
} from '@agentic-backstage/plugin-agentic-node';
import type { ReadBack } from '@agentic-backstage/plugin-agentic-common';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { ServiceName } from '../disk/serviceName';
import { oneAtATime } from '../disk/oneAtATime';
import { archiveRepository } from './archiveRepository';
import { BareRepository } from './BareRepository';
import type { GitOptions } from './gitOptions';
import { withGit, type Git } from './withGit';

const ARCHIVED =
  /^([a-z][a-z0-9-]*)-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z\.git$/;

function seen(state: ReadBack['state'], evidence: string): ReadBack {
  return { state, evidence, observedAt: new Date().toISOString() };
}

/** The last time anything was written to a bare repository. */
async function lastWrite(folder: string): Promise<Date> {
  const times = await Promise.all(
    ['.', 'HEAD', 'refs/heads', 'refs/heads/main', 'packed-refs'].map(name =>
      stat(path.join(folder, name)).then(
        ({ mtime }) => mtime,
        () => new Date(0),
      ),
    ),
  );
  return new Date(Math.max(...times.map(Number)));
}

/** The workflow at the beginning of an effect's key. */
function workflowOf(idempotencyKey: string): string {
  return idempotencyKey.split('.')[0];
}

/**
 * Repositories that the framework made and that no service came of: moved to the archive folder,
 * where they stay until they are old enough to be deleted. Those somebody else made are not seen.
 */
export function createRepositoriesSweepTask(options: GitOptions): SweepTask {
  const describe = async (
    git: Git,
    serviceName: string,
    olderThan: Date,
  ): Promise<SweepCandidate | undefined> => {
    const repository = new BareRepository(options, git, serviceName);
    const createdBy = await repository.createdBy();
    const written = await lastWrite(repository.folder);
    if (!createdBy || written > olderThan) return undefined;
    const head = await repository.head('main');
    return {
      id: `${serviceName}:${head ?? 'empty'}`,
      title: `Repository of ${serviceName}`,
      reason: `Made by ${createdBy}, last written ${written.toISOString()}, and no service of that name is registered`,
      action: 'moved to the archive folder',
      belongsTo: {
        workflows: [workflowOf(createdBy)],
        services: [serviceName],
      },
    };
  };

  return {
    id: 'git.repositories',
    title: 'Orphaned repositories',
    class: 'repositories',
    async find({ olderThan, signal }) {
      const names = (await entriesOf(options.repositoriesDir))
        .filter(name => name.endsWith('.git'))
        .map(name => name.slice(0, -'.git'.length))
        .filter(name => ServiceName.safeParse(name).success)
        .sort();
      if (names.length === 0) return [];
      return withGit(options, signal, async git => {
        const found = [];
        for (const name of names) {
          found.push(await describe(git, name, olderThan));
        }
        return found.filter(candidate => candidate !== undefined);
      });
    },
    async remove(candidate, { olderThan, signal }) {
      const [name] = candidate.id.split(':');
      const serviceName = ServiceName.parse(name);
      return withGit(options, signal, async git => {
        const repository = new BareRepository(options, git, serviceName);
        return oneAtATime(repository.folder, async () => {
          if (!(await repository.exists())) {
            return seen('absent', `There is no ${repository.url}`);
          }
          const now = await describe(git, serviceName, olderThan);
          if (now?.id !== candidate.id) {
            return seen(
              'confirmed',
              `${repository.url} was written to since and stays`,
            );
          }
          const archived = await archiveRepository(options, repository.folder);
          return (await repository.exists())
            ? seen('unknown', `${repository.url} is there again`)
            : seen('absent', `Moved to ${path.basename(archived)}`);
        });
      });
    },
  };
}

/** Repositories that were set aside long ago: deleted for good. */
export function createArchiveSweepTask(options: GitOptions): SweepTask {
  const archive = path.join(options.repositoriesDir, '.archive');

  const describe = async (
    git: Git,
    name: string,
    { archivedBefore }: SweepContext,
  ): Promise<SweepCandidate | undefined> => {
    const match = ARCHIVED.exec(name);
    if (!match) return undefined;
    const [, serviceName, day, ...clock] = match;
    const [hour, minute, second, ms] = clock;
    const at = `${day}T${hour}:${minute}:${second}.${ms}Z`;
    const { exitCode, stdout } = await git.try([
      'config',
      '--file',
      path.join(archive, name, 'config'),
      'agentic.createdBy',
    ]);
    if (exitCode !== 0 || at >= archivedBefore.toISOString()) return undefined;
    return {
      id: name,
      title: `Archived repository of ${serviceName}`,
      reason: `Set aside at ${at}`,
      action: 'deleted for good',
      belongsTo: { workflows: [workflowOf(stdout.trim())] },
    };
  };

  return {
    id: 'git.archive',
    title: 'Repositories set aside long ago',
    class: 'repositories',
    async find(context) {
      const names = (await entriesOf(archive)).sort();
      if (names.length === 0) return [];
      return withGit(options, context.signal, async git => {
        const found = [];
        for (const name of names) {
          found.push(await describe(git, name, context));
        }
        return found.filter(candidate => candidate !== undefined);
      });
    },
    async remove(candidate, context) {
      const entries = await entriesOf(archive);
      if (!entries.includes(candidate.id)) {
        return seen('absent', 'It is not in the archive folder any more');
      }
      const now = await withGit(options, context.signal, git =>
        describe(git, candidate.id, context),
      );
      if (!now) {
        return seen('confirmed', 'It is not what was found, and stays');
      }
      await rm(path.join(archive, candidate.id), {
        recursive: true,
        force: true,
      });
      return (await entriesOf(archive)).includes(candidate.id)
        ? seen('unknown', 'It is still in the archive folder')
        : seen('absent', 'Deleted');
    },
  };
}

async function entriesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  // A link is nobody's repository: it could lead anywhere.
  return entries.filter(entry => entry.isDirectory()).map(({ name }) => name);
}
