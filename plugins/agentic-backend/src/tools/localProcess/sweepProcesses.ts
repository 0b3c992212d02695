import type {
  SweepCandidate,
  SweepContext,
  SweepTask,
} from '@agentic-backstage/plugin-agentic-node';
import type { DeploymentState } from './DeploymentStates';
import type { LocalProcessTarget } from './LocalProcessTarget';

const MAY_RUN = ['deploying', 'running', 'unknown'];

/**
 * Processes of deployments of this portal that should not run any more. A process is only ever found
 * by the folder of its deployment, so those of other portals on the machine are not seen.
 */
export function createProcessesSweepTask(
  target: LocalProcessTarget,
): SweepTask {
  const describe = async (
    state: DeploymentState,
    { records }: SweepContext,
  ): Promise<SweepCandidate | undefined> => {
    const { deploymentId, serviceName, environment } = state;
    const record = await records.deployments.get(deploymentId);
    if (record && MAY_RUN.includes(record.status)) return undefined;
    const pids = target.processes(state);
    if (pids.length === 0) return undefined;
    return {
      id: `${deploymentId}:${pids.join(',')}`,
      title: `${serviceName} in ${environment}, processes ${pids.join(', ')}`,
      reason: record
        ? `The deployment is ${record.status}, but its processes live`
        : 'The deployment is not on record',
      action: 'stopped',
      belongsTo: {
        deployments: [deploymentId],
        workflows: record ? [record.workflowId] : [],
      },
    };
  };

  return {
    id: 'process.orphans',
    title: 'Orphaned processes',
    class: 'processes',
    async find(context) {
      const found = [];
      for (const state of await target.states.list()) {
        found.push(await describe(state, context));
      }
      return found.filter(candidate => candidate !== undefined);
    },
    async remove(candidate, context) {
      const [deploymentId] = candidate.id.split(':');
      const state = await target.states.get(deploymentId);
      const observedAt = new Date().toISOString();
      const now = state && (await describe(state, context));
      if (!state || target.processes(state).length === 0) {
        return { state: 'absent', evidence: 'No process lives', observedAt };
      }
      if (now?.id !== candidate.id) {
        return {
          state: 'confirmed',
          evidence: 'These are not the processes that were found; they stay',
          observedAt,
        };
      }
      await target.stop(state);
      const left = target.processes(state);
      return {
        state: left.length === 0 ? 'absent' : 'unknown',
        evidence:
          left.length === 0
            ? `No process of ${deploymentId} lives`
            : `Processes ${left.join(', ')} live`,
        observedAt,
      };
    },
  };
}
