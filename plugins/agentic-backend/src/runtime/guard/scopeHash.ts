import type { Effect } from '@agentic-backstage/plugin-agentic-common';
import { digestOf } from '../canonicalJson';

/**
 * The hash an approval is bound to: the plan, where it applies, and exactly which tools with exactly
 * which parameters. Any change of any of them gives another hash.
 */
export function scopeHashOf(
  planHash: string,
  environment: string,
  effects: ReadonlyArray<Pick<Effect, 'effectId' | 'tool' | 'params'>>,
): string {
  return digestOf({
    planHash,
    environment,
    effects: effects
      .map(({ effectId, tool, params }) => ({
        effectId,
        tool,
        paramsDigest: digestOf(params),
      }))
      .sort((a, b) => (a.effectId < b.effectId ? -1 : 1)),
  });
}
