import type { AgenticRecords } from '@agentic-backstage/plugin-agentic-node';
import { NotFoundError } from '@backstage/errors';
import type { DeploymentState } from './DeploymentStates';
import type { LocalProcessTarget } from './LocalProcessTarget';

/** Finds the record and state of a deployment of this target. Throws `NotFoundError` otherwise. */
export async function requireDeployment(
  target: LocalProcessTarget,
  context: { records: AgenticRecords },
  deploymentId: string,
): Promise<DeploymentState> {
  const record = await context.records.deployments.get(deploymentId);
  const state = record && (await target.find(deploymentId));
  if (!state) {
    throw new NotFoundError(
      `There is no deployment '${deploymentId}' on this machine; list the deployments to see what there is`,
    );
  }
  return state;
}
