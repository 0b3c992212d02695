import type { StoredEffect } from '../../database/EffectStore';

/** Where an effect belongs, whatever its round: only one at a time is carried out there. */
export function placeOf({
  workflowId,
  taskId,
  key,
}: Pick<StoredEffect, 'workflowId' | 'taskId' | 'key'>): string {
  return `${workflowId}.${taskId}.${key}`;
}
