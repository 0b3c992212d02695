import {
  describeStop,
  type KillSwitch,
} from '@agentic-backstage/plugin-agentic-common';
import type { Gate } from '../runtime/guard/Gate';
import { KILL_SWITCH_GATE } from '../runtime/task/holdBehind';

/**
 * Holds every call of an agent that is stopped. Reads the database for each call: what was committed
 * a moment ago in another process counts here. Undoing is not asked: the framework's own undoing waits
 * in `Compensation`, and a person who stops a service while the agents are stopped may do so.
 */
export function killSwitchGate(killSwitch: {
  stopOf(agent: string): Promise<KillSwitch | undefined>;
}): Gate {
  return {
    id: KILL_SWITCH_GATE,
    stages: ['read', 'propose', 'execute'],
    outcome: 'hold',
    async refuse({ agent }) {
      const stop = await killSwitch.stopOf(agent.id);
      return stop && describeStop(stop, agent.id);
    },
  };
}
