import { Lane, LANES } from '@agentic-backstage/plugin-agentic-common';
import type { Config } from '@backstage/config';

/** Reads `agentic.agents.<id>.lane`: the lane an operator gives an agent. Throws naming the key and the lanes there are. */
export function readLanes(config: Config): Record<string, Lane> {
  const agents = config.getOptionalConfig('agentic.agents');
  const lanes: Record<string, Lane> = {};
  for (const id of agents?.keys() ?? []) {
    const text = agents!.getOptionalString(`${id}.lane`);
    if (text === undefined) continue;
    const lane = Lane.safeParse(text);
    if (!lane.success) {
      throw new Error(
        `agentic.agents.${id}.lane is '${text}'; the lanes are ${LANES.join(
          ', ',
        )}`,
      );
    }
    lanes[id] = lane.data;
  }
  return lanes;
}
