import { laneAllows } from '@agentic-backstage/plugin-agentic-common';
import type { Gate } from '../Gate';

/** What an agent declares is the most it may ever do: simulating needs `dry_run`, changing the world `execute`. */
export const laneGate: Gate = {
  id: 'lane',
  stages: ['propose', 'execute'],
  refuse: async ({ agent, toolId, stage }) =>
    laneAllows(agent.lane, stage === 'propose' ? 'dry_run' : 'execute')
      ? undefined
      : `Agent '${agent.id}' is in lane ${agent.lane} and may not use '${toolId}', which changes the world`,
};
