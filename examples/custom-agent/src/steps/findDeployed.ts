import type { AgentContext } from '@agentic-backstage/plugin-agentic-node';
import { InputError } from '@backstage/errors';
import { Deployed } from '../schema';

/** What the deployment before this task answered. Refuses a workflow that has deployed nothing. */
export function findDeployed(
  outputs: AgentContext<unknown>['outputs'],
): Deployed {
  const found = [...outputs.values()].find(
    ({ agent }) => agent === 'deployment',
  );
  if (!found) {
    throw new InputError(
      'No task before this one has deployed anything; let the runbook wait for the deployment',
    );
  }
  return Deployed.parse(found.output);
}
