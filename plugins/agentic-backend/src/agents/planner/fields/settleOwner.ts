import type { PlanningRequest } from '@agentic-backstage/plugin-agentic-node';
import type { Reading } from '../reading/Reading';
import type { Obstacles } from '../schema';
import { normaliseOwner } from './normaliseOwner';
import { settle, type Settled } from './settle';

/** Decides the owner, as a full entity reference. */
export function settleOwner(
  { parameters, defaultOwner }: PlanningRequest,
  reading: Reading,
  obstacles: Obstacles,
): Settled<string> | undefined {
  const settled = settle(
    {
      field: 'owner',
      title: 'owner',
      form: parameters.owner?.trim() || undefined,
      words: reading.owners,
    },
    obstacles,
  );
  const isContradicted =
    Boolean(parameters.owner?.trim()) || reading.owners.length > 0;
  if (!settled && isContradicted) return undefined;
  const { value, ...rest } = settled ?? {
    value: defaultOwner,
    origin: 'default' as const,
  };
  const field = rest.origin === 'words' ? 'description' : 'parameters.owner';
  const normal = normaliseOwner(value, field);
  if ('problem' in normal) {
    obstacles.problems.push(normal.problem);
    return undefined;
  }
  return { ...rest, value: normal.owner };
}
