import type { AppliedEffect } from '@agentic-backstage/plugin-agentic-node';
import type { StoredEffect } from '../../database/EffectStore';

/** What an agent is told of an effect: done is only what was seen. */
export function toApplied(effect: StoredEffect): AppliedEffect {
  return {
    key: effect.key,
    tool: effect.tool,
    status: effect.status === 'confirmed' ? 'confirmed' : 'unknown',
    result: effect.result ?? {},
    evidence: effect.readBack?.evidence ?? '',
  };
}
