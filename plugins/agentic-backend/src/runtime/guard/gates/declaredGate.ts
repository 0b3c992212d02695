import type { Gate } from '../Gate';

/** An agent calls only the tools it has declared. */
export const declaredGate: Gate = {
  id: 'declared',
  stages: ['read', 'propose', 'execute'],
  refuse: async ({ agent, toolId }) =>
    agent.tools.includes(toolId)
      ? undefined
      : `Agent '${agent.id}' has not declared tool '${toolId}'; add it to the agent's tools`,
};
