import type { DeploymentRecord } from '@agentic-backstage/plugin-agentic-node';
import type { DeploymentState } from './DeploymentStates';

/** Name of this target in records. */
export const LOCAL_PROCESS_TARGET = 'local-process';

/** The host's record of a deployment of this target. */
export function deploymentRecord(
  state: DeploymentState,
  options: {
    workflowId: string;
    effectId: string;
    status: DeploymentRecord['status'];
    reason?: string;
  },
): DeploymentRecord {
  const over = ['failed', 'stopped', 'rolled_back'].includes(options.status);
  return {
    deploymentId: state.deploymentId,
    workflowId: options.workflowId,
    serviceName: state.serviceName,
    environment: state.environment,
    version: state.version,
    target: LOCAL_PROCESS_TARGET,
    isolation: state.isolation,
    status: options.status,
    url: `http://127.0.0.1:${state.port}`,
    startedAt: state.startedAt,
    stoppedAt: over ? new Date().toISOString() : undefined,
    effectId: options.effectId,
    handle: {
      pid: state.pid,
      startTime: state.identity,
      port: state.port,
      releaseDir: state.releaseDir,
      commit: state.commit,
      ...(state.previous ? { previous: state.previous } : {}),
      ...(options.reason ? { reason: options.reason } : {}),
    },
  };
}
