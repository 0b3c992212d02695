import { readDurationFromConfig, type Config } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import { DEFAULT_INCIDENTS, type IncidentSettings } from './IncidentSettings';

const KEY = 'agentic.incidents';
const REF = /^(user|group):[^:/\s]+\/[^:/\s]+$/i;

/** Reads `agentic.incidents`. Throws naming the key and the remedy. */
export function readIncidentSettings(config: Config): IncidentSettings {
  const duration = (name: string, otherwise: number): number => {
    const key = `${KEY}.${name}`;
    if (!config.has(key)) {
      return otherwise;
    }
    const milliseconds = durationToMilliseconds(
      readDurationFromConfig(config, { key }),
    );
    if (!(milliseconds >= 60_000)) {
      throw new Error(
        `${key} is shorter than a minute; give for example { minutes: 15 }`,
      );
    }
    return milliseconds;
  };
  const escalation =
    config.getOptionalStringArray(`${KEY}.escalation`) ??
    DEFAULT_INCIDENTS.escalation;
  const wrong = escalation.find(ref => !REF.test(ref));
  if (wrong !== undefined) {
    throw new Error(
      `${KEY}.escalation names '${wrong}'; give entity refs such as group:default/on-call`,
    );
  }
  return {
    escalation,
    escalateAfterMs: duration(
      'escalateAfter',
      DEFAULT_INCIDENTS.escalateAfterMs,
    ),
    reopenWithinMs: duration('reopenWithin', DEFAULT_INCIDENTS.reopenWithinMs),
  };
}
