import type { Gate } from '../Gate';

/** A policy verdict is on record, and it does not deny. */
export const verdictGate: Gate = {
  id: 'verdict',
  stages: ['execute'],
  async refuse({ effect }) {
    if (!effect?.verdict) {
      return 'no policy verdict is on record for it';
    }
    return effect.verdict.decision === 'deny'
      ? `policy denies it (${effect.verdict.reasons.join('; ')})`
      : undefined;
  },
};
