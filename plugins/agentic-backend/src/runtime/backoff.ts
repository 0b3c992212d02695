import type { TaskPolicy } from '@agentic-backstage/plugin-agentic-common';

/**
 * Seconds to wait before the next attempt: exponential with full jitter in the upper half, so that
 * tasks that failed together do not come back together.
 *
 * @param failures - how many attempts have failed, from 1
 * @param random - a number from 0 up to 1
 */
export function backoffSeconds(
  policy: TaskPolicy,
  failures: number,
  random: number = Math.random(),
): number {
  const ceiling = Math.min(
    policy.maxBackoffSeconds,
    policy.initialBackoffSeconds * 2 ** (failures - 1),
  );
  return ceiling / 2 + (ceiling / 2) * random;
}
