import type {
  AgentExecutionContext,
  AppliedEffect,
  ProposedEffect,
} from '@agentic-backstage/plugin-agentic-node';

/** The effects that were confirmed, by key, and the first one that was not, if any. */
export interface AppliedInOrder {
  readonly confirmed: ReadonlyMap<string, AppliedEffect>;
  readonly unconfirmed?: AppliedEffect;
}

/** Carries effects out one after the other and stops at the first that a look at the world does not confirm. */
export async function applyInOrder(
  proposals: readonly ProposedEffect[],
  { effects, log }: Pick<AgentExecutionContext<unknown>, 'effects' | 'log'>,
): Promise<AppliedInOrder> {
  const confirmed = new Map<string, AppliedEffect>();
  for (const { key, tool } of proposals) {
    const effect = await effects.apply(key);
    if (effect.status !== 'confirmed') {
      log.warn(`${tool} is not confirmed: ${effect.evidence}`);
      return { confirmed, unconfirmed: effect };
    }
    log.info(`${tool} is confirmed: ${effect.evidence}`);
    confirmed.set(key, effect);
  }
  return { confirmed };
}
