import type {
  SweepCandidate,
  SweepTask,
} from '@agentic-backstage/plugin-agentic-node';
import { lstat, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { LocalProcessOptions } from './localProcessOptions';
import type { LocalProcessTarget } from './LocalProcessTarget';

const HALF_DONE = /^[0-9a-f]{40}\.[0-9a-f-]{36}\.new$/;
const DAY_MS = 24 * 3_600_000;

/** Whether a folder beside the releases is one that a checkout was to become. */
export function isHalfDone(name: string): boolean {
  return HALF_DONE.test(name);
}

/**
 * What a portal that was killed left on disk: checkouts that were never whole. And the logs of
 * deployments that ended long ago; what is known of the deployment stays.
 */
export function createLeftoversSweepTask(
  options: LocalProcessOptions,
  target: LocalProcessTarget,
): SweepTask {
  const root = path.join(options.dataDir, 'releases');

  async function halfDone(now: Date): Promise<SweepCandidate[]> {
    const found: SweepCandidate[] = [];
    for (const service of await namesIn(root)) {
      for (const name of (await namesIn(path.join(root, service))).filter(
        isHalfDone,
      )) {
        const at = await changedAt(path.join(root, service, name));
        // None takes a day: nobody works on it any more.
        if (at && at.getTime() < now.getTime() - DAY_MS) {
          found.push({
            id: `checkout:${service}/${name}`,
            title: `Unfinished checkout of ${service}`,
            reason: `It was begun ${at.toISOString()} and never finished`,
            action: 'deleted',
            belongsTo: {},
          });
        }
      }
    }
    return found;
  }

  async function oldLogs(before: Date): Promise<SweepCandidate[]> {
    const found: SweepCandidate[] = [];
    for (const state of await target.states.list()) {
      const { deploymentId, serviceName, wanted } = state;
      const at = await changedAt(target.states.logFile(deploymentId));
      if (
        wanted === 'stopped' &&
        at &&
        at < before &&
        target.processes(state).length === 0
      ) {
        found.push({
          id: `log:${deploymentId}`,
          title: `Log of ${serviceName} (${deploymentId})`,
          reason: `Nothing has been written since ${at.toISOString()}`,
          action: 'deleted',
          belongsTo: { deployments: [deploymentId] },
        });
      }
    }
    return found;
  }

  return {
    id: 'process.leftovers',
    title: 'Unfinished checkouts and old logs',
    class: 'files',
    async find({ now, archivedBefore }) {
      return [...(await halfDone(now)), ...(await oldLogs(archivedBefore))];
    },
    async remove({ id }, { now, archivedBefore }) {
      const observedAt = new Date().toISOString();
      const still = [
        ...(await halfDone(now)),
        ...(await oldLogs(archivedBefore)),
      ].some(candidate => candidate.id === id);
      const [kind, name] = id.split(':');
      const paths =
        kind === 'checkout'
          ? [path.join(root, name)]
          : ['', '.1'].map(end => target.states.logFile(name) + end);
      if (still) {
        for (const each of paths) {
          await rm(each, { recursive: true, force: true });
        }
      }
      const left = await changedAt(paths[0]);
      return {
        state: left ? 'confirmed' : 'absent',
        evidence: left ? 'It is in use by now, and stays' : 'It is gone',
        observedAt,
      };
    },
  };
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}

async function changedAt(file: string): Promise<Date | undefined> {
  return (await lstat(file).catch(() => undefined))?.mtime;
}
