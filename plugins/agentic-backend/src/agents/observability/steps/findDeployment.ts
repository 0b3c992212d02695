import type { AgentContext } from '@agentic-backstage/plugin-agentic-node';
import { InputError } from '@backstage/errors';

/** The deployment that a task before this one started. */
export function findDeployment(
  outputs: AgentContext<unknown>['outputs'],
): string {
  const started = [...outputs.values()]
    .filter(({ agent }) => agent === 'deployment')
    .map(({ output }) => output.deploymentId)
    .find((id): id is string => typeof id === 'string');
  if (!started) {
    throw new InputError(
      'There is no deployment to look at; let this task depend on a deployment task that started one',
    );
  }
  return started;
}
