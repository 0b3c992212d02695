import type {
  AgenticRecords,
  SweepCandidate,
  SweepContext,
  SweepTask,
} from '@agentic-backstage/plugin-agentic-node';
import { lstat, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DeploymentState } from './DeploymentStates';
import type { LocalProcessOptions } from './localProcessOptions';
import type { LocalProcessTarget } from './LocalProcessTarget';
import { isHalfDone } from './sweepLeftovers';

/** Folders a sweep must leave alone: of what runs, and of what would run again if that were undone. */
export function foldersInUse(
  states: readonly DeploymentState[],
): ReadonlySet<string> {
  const byId = new Map(states.map(state => [state.deploymentId, state]));
  const used = new Set<string>();
  const visited = new Set<string>();
  for (const running of states.filter(({ wanted }) => wanted === 'running')) {
    let at: DeploymentState | undefined = running;
    while (at && !visited.has(at.deploymentId)) {
      visited.add(at.deploymentId);
      used.add(path.resolve(at.releaseDir));
      at = at.previous === undefined ? undefined : byId.get(at.previous);
    }
  }
  return used;
}

/** Checked-out releases that nothing runs from and nothing would go back to. */
export function createReleasesSweepTask(
  options: LocalProcessOptions,
  target: LocalProcessTarget,
): SweepTask {
  const root = path.join(options.dataDir, 'releases');

  async function describe(
    id: string,
    states: readonly DeploymentState[],
    { olderThan, records }: SweepContext,
  ): Promise<SweepCandidate | undefined> {
    const folder = path.join(root, id);
    const found = await lstat(folder).catch(() => undefined);
    const usable =
      found?.isDirectory() && !foldersInUse(states).has(path.resolve(folder));
    if (!found || !usable || found.mtime > olderThan) return undefined;
    const own = states.filter(
      state => path.resolve(state.releaseDir) === path.resolve(folder),
    );
    const [serviceName, commit] = id.split('/');
    return {
      id,
      title: `Release ${commit.slice(0, 12)} of ${serviceName}`,
      reason: `Nothing runs from it or would go back to it; checked out ${found.mtime.toISOString()}`,
      action: 'deleted; it can be checked out again',
      belongsTo:
        own.length > 0
          ? {
              deployments: own.map(state => state.deploymentId),
              workflows: await workflowsOf(own, records),
            }
          : { services: [serviceName] },
    };
  }

  return {
    id: 'process.releases',
    title: 'Releases nothing runs from',
    class: 'files',
    async find(context) {
      const states = await target.states.list();
      const found = [];
      for (const service of await foldersIn(root)) {
        for (const commit of await foldersIn(path.join(root, service))) {
          if (isHalfDone(commit)) continue;
          found.push(await describe(`${service}/${commit}`, states, context));
        }
      }
      return found.filter(candidate => candidate !== undefined);
    },
    async remove(candidate, context) {
      const observedAt = new Date().toISOString();
      const folder = path.join(root, candidate.id);
      const inside = path.relative(root, folder).split(path.sep);
      if (inside.length !== 2 || inside.includes('..')) {
        throw new Error(`'${candidate.id}' is no release`);
      }
      if (!(await lstat(folder).catch(() => undefined))) {
        return { state: 'absent', evidence: 'It is gone', observedAt };
      }
      const states = await target.states.list();
      if (!(await describe(candidate.id, states, context))) {
        return {
          state: 'confirmed',
          evidence: 'It is in use by now, and stays',
          observedAt,
        };
      }
      await rm(folder, { recursive: true, force: true });
      const left = await lstat(folder).catch(() => undefined);
      return {
        state: left ? 'unknown' : 'absent',
        evidence: left ? 'It is still there' : 'Deleted',
        observedAt,
      };
    },
  };
}

async function workflowsOf(
  states: readonly DeploymentState[],
  records: AgenticRecords,
): Promise<string[]> {
  const found = await Promise.all(
    states.map(state => records.deployments.get(state.deploymentId)),
  );
  return found.flatMap(record => (record ? [record.workflowId] : []));
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(
    () => [],
  );
  return entries
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
