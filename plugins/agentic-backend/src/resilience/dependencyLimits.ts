import type { DependencyState } from '@agentic-backstage/plugin-agentic-common';
import type { DependencyPolicy } from '@agentic-backstage/plugin-agentic-node';

/** The limits of one dependency, complete. */
export type DependencyLimits = DependencyState['limits'];

/** What holds where nobody says otherwise. */
export const DEFAULT_LIMITS: DependencyLimits = {
  concurrency: 8,
  queue: 64,
  timeoutSeconds: 120,
  retries: 2,
  breakAfter: 5,
  openSeconds: 30,
};

/** Of two policies for the same dependency, the stricter in each point: longer only in how long it is left alone. */
export function stricterLimits(
  policies: readonly DependencyPolicy[],
): DependencyLimits {
  const of = (key: keyof DependencyLimits): number[] => {
    const said = policies.flatMap(policy => policy[key] ?? []);
    return said.length > 0 ? said : [DEFAULT_LIMITS[key]];
  };
  return {
    concurrency: Math.min(...of('concurrency')),
    queue: Math.min(...of('queue')),
    timeoutSeconds: Math.min(...of('timeoutSeconds')),
    retries: Math.min(...of('retries')),
    breakAfter: Math.min(...of('breakAfter')),
    openSeconds: Math.max(...of('openSeconds')),
  };
}
