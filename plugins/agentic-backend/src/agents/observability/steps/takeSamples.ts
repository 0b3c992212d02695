import type { AgentContext } from '@agentic-backstage/plugin-agentic-node';
import { setTimeout as pause } from 'node:timers/promises';
import { Probe } from '../schema';

/** How often is looked, and how long is waited between two looks. */
export const SAMPLING = { count: 5, pauseMs: 500 } as const;

/** Probes a deployment a few times over a few seconds. Stops at once when the task is aborted. */
export async function takeSamples(
  deploymentId: string,
  { tools, signal }: Pick<AgentContext<unknown>, 'tools' | 'signal'>,
): Promise<Probe[]> {
  const samples: Probe[] = [];
  for (let taken = 0; taken < SAMPLING.count; taken += 1) {
    if (taken > 0) {
      await pause(SAMPLING.pauseMs, undefined, { signal });
    }
    signal.throwIfAborted();
    samples.push(Probe.parse(await tools.read('http.probe', { deploymentId })));
  }
  return samples;
}
