import type { SweepClass } from '@agentic-backstage/plugin-agentic-common';
import type { Config } from '@backstage/config';

/** The settings below `agentic.sweeper`. */
export interface SweeperConfig {
  /** Hours between two looks of the schedule. */
  readonly everyHours: number;
  /** What the schedule may sweep without asking anybody. */
  readonly automatic: readonly SweepClass[];
  /** Days for which a thing is left alone after its workflow has ended. */
  readonly graceDays: number;
  /** Days after which a thing that was set aside is deleted. */
  readonly archiveDays: number;
}

/** The sweeper of a portal that says nothing about it: only rows go by themselves. */
export const DEFAULT_SWEEPER: SweeperConfig = {
  everyHours: 6,
  automatic: ['rows'],
  graceDays: 14,
  archiveDays: 90,
};

const MAY_BE_AUTOMATIC = ['rows', 'files'] as const;

/** Reads `agentic.sweeper`. Throws naming the key and the remedy. */
export function readSweeperConfig(config: Config): SweeperConfig {
  const positive = (key: string, otherwise: number): number => {
    const value = config.getOptionalNumber(key) ?? otherwise;
    if (!(value > 0)) {
      throw new Error(`${key} is ${value}; give a number above zero`);
    }
    return value;
  };
  const key = 'agentic.sweeper.automatic';
  const automatic = config.getOptionalStringArray(key)?.map(name => {
    const allowed = MAY_BE_AUTOMATIC.find(each => each === name);
    if (!allowed) {
      throw new Error(
        `${key} names '${name}'; only 'rows' and 'files' may go without a person, remove it`,
      );
    }
    return allowed;
  });
  return {
    everyHours: positive(
      'agentic.sweeper.everyHours',
      DEFAULT_SWEEPER.everyHours,
    ),
    automatic: automatic ?? DEFAULT_SWEEPER.automatic,
    graceDays: positive('agentic.sweeper.graceDays', DEFAULT_SWEEPER.graceDays),
    archiveDays: positive(
      'agentic.sweeper.archiveDays',
      DEFAULT_SWEEPER.archiveDays,
    ),
  };
}
