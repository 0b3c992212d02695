import type { z } from 'zod';
import {
  type DeploymentOutput,
  Provisioned,
  Published,
  Registered,
  Started,
} from '../schema';
import type { AppliedInOrder } from './applyInOrder';

function resultOf<T extends z.ZodType>(
  applied: AppliedInOrder,
  key: string,
  schema: T,
): z.infer<T> | undefined {
  const effect = applied.confirmed.get(key);
  return effect && schema.parse(effect.result);
}

/** Puts together what the task answers. Only confirmed steps count; one that is not makes the whole `unknown`. */
export function summarise(applied: AppliedInOrder): DeploymentOutput {
  return {
    status: applied.unconfirmed ? 'unknown' : 'success',
    ...resultOf(applied, 'publish', Published),
    ...resultOf(applied, 'start', Started),
    ...resultOf(applied, 'register', Registered),
  };
}

/** What was provisioned, as the event names it. */
export function provisionedResources(applied: AppliedInOrder): string[] {
  const result = resultOf(applied, 'database', Provisioned);
  return result ? [`postgresql database ${result.database}`] : [];
}
