import {
  laneAllows,
  type Lane,
} from '@agentic-backstage/plugin-agentic-common';
import type { Gate, GuardedAgent } from '../Gate';

/** Answers the lane that holds for an agent: the lower of what it declares and what it was promoted to. */
export interface EffectiveLanes {
  effective(agent: GuardedAgent): Promise<Lane>;
}

/** The reason for which an agent waits that is in `lane` and would need `needed`. */
export function awaitsPromotion(
  agentId: string,
  lane: Lane,
  needed: Lane,
): string {
  return `agent '${agentId}' is in lane ${lane}, and this needs ${needed}; look at what it has shown, and promote it or cancel the workflow`;
}

/**
 * An agent does what it was promoted to, whatever it declares. The task waits, since a promotion may
 * come, and nothing that others did has to be undone for it.
 */
export function promotionGate(lanes: EffectiveLanes): Gate {
  return {
    id: 'promotion',
    stages: ['propose', 'execute'],
    outcome: 'hold',
    async refuse({ agent, stage }) {
      const needed = stage === 'propose' ? 'dry_run' : 'execute';
      const lane = await lanes.effective(agent);
      return laneAllows(lane, needed)
        ? undefined
        : awaitsPromotion(agent.id, lane, needed);
    },
  };
}
