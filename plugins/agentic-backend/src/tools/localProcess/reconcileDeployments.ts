import type {
  AgenticRecords,
  DeploymentRecord,
  SecretAccess,
} from '@agentic-backstage/plugin-agentic-node';
import { oneAtATime } from '../disk/oneAtATime';
import { deploymentRecord, LOCAL_PROCESS_TARGET } from './deploymentRecord';
import type { DeploymentState } from './DeploymentStates';
import type { LocalProcessTarget } from './LocalProcessTarget';

/** What was done about one deployment. */
export interface ReconciledDeployment {
  readonly deploymentId: string;
  readonly serviceName: string;
  readonly action: 'adopted' | 'restarted' | 'failed' | 'stopped';
  readonly detail: string;
}

/**
 * Brings records and processes together when the portal starts: what runs is taken over, what should
 * run but ended with the machine is started again on its port, or marked failed with the reason, and
 * what runs without being on record is stopped. Deployments that a task is working on are left to it.
 */
export async function reconcileDeployments(
  target: LocalProcessTarget,
  records: AgenticRecords,
  secrets: SecretAccess,
): Promise<ReconciledDeployment[]> {
  const done: ReconciledDeployment[] = [];
  for (const record of await records.deployments.list({ status: 'running' })) {
    if (record.target === LOCAL_PROCESS_TARGET) {
      const { serviceName, environment } = record;
      done.push(
        await oneAtATime(`process ${serviceName} ${environment}`, () =>
          reconcile({ target, records, secrets }, record),
        ),
      );
    }
  }
  for (const state of await target.states.list()) {
    const record = await records.deployments.get(state.deploymentId);
    const wanted =
      record && ['deploying', 'running', 'unknown'].includes(record.status);
    if (!wanted && target.processes(state).length > 0) {
      await target.stop(state);
      done.push({
        deploymentId: state.deploymentId,
        serviceName: state.serviceName,
        action: 'stopped',
        detail: record
          ? `it was on record as ${record.status}`
          : 'it was not on record',
      });
    }
  }
  return done;
}

async function reconcile(
  {
    target,
    records,
    secrets,
  }: {
    target: LocalProcessTarget;
    records: AgenticRecords;
    secrets: SecretAccess;
  },
  record: DeploymentRecord,
): Promise<ReconciledDeployment> {
  const { deploymentId, serviceName } = record;
  const answer = (
    action: ReconciledDeployment['action'],
    detail: string,
  ): ReconciledDeployment => ({ deploymentId, serviceName, action, detail });
  const fail = async (reason: string): Promise<ReconciledDeployment> => {
    await records.deployments.put({
      ...record,
      status: 'failed',
      stoppedAt: new Date().toISOString(),
      handle: { ...record.handle, reason },
    });
    return answer('failed', reason);
  };

  const state: DeploymentState | undefined = await target.find(deploymentId);
  if (!state) {
    return fail(
      'The folder of the deployment is gone, so it cannot be started again',
    );
  }
  const look = await target.look(state);
  if (look.state === 'healthy') {
    return answer('adopted', look.evidence);
  }
  try {
    const port = await target.choosePort(
      state.serviceName,
      state.environment,
      state.port,
    );
    const started = await target.start(
      { ...state, port: look.state === 'gone' ? port : state.port },
      { secrets },
    );
    await records.deployments.put(
      deploymentRecord(started, { ...record, status: 'running' }),
    );
    return answer('restarted', look.evidence);
  } catch (error) {
    return fail((error as Error).message);
  }
}
