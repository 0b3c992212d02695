import type { Config } from '@backstage/config';
import { DEFAULT_CRITIC_SETTINGS, type CriticSettings } from './CriticSettings';

const ANSWERS = ['note', 'needs_person', 'block'] as const;

/** Reads `agentic.critic`. Throws naming the key and the remedy. */
export function readCriticSettings(config: Config): CriticSettings {
  const validHours =
    config.getOptionalNumber('agentic.critic.validHours') ??
    DEFAULT_CRITIC_SETTINGS.validHours;
  if (!(validHours > 0)) {
    throw new Error(
      `agentic.critic.validHours is ${validHours}; give a number above zero`,
    );
  }
  const section = config.getOptionalConfig('agentic.critic.unknownCost');
  const given = (section?.keys() ?? []).map(name => {
    const text = section!.getString(name);
    const answer = ANSWERS.find(each => each === text);
    if (!answer) {
      throw new Error(
        `agentic.critic.unknownCost.${name} is '${text}'; give one of ${ANSWERS.join(
          ', ',
        )}`,
      );
    }
    return [name, answer] as const;
  });
  return {
    validHours,
    unknownCost: {
      ...DEFAULT_CRITIC_SETTINGS.unknownCost,
      ...Object.fromEntries(given),
    },
  };
}
