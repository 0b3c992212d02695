import { createHash } from 'node:crypto';
import type { JsonObject } from '@backstage/types';

/**
 * The same key whenever the same step (and iteration of `each`) of the same scaffolder task runs, so
 * that a task that is retried or recovered after a crash finds the workflow it started before.
 */
export function idempotencyKey(run: {
  readonly task: { readonly id: string };
  readonly step?: { readonly id?: string };
  readonly each?: JsonObject;
}): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([run.task.id, run.step?.id ?? '', run.each ?? {}]))
    .digest('hex');
  return `scaffolder-${digest}`;
}
