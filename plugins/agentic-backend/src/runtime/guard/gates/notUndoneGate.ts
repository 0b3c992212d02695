import type { Gate } from '../Gate';

/** What was undone is not done again under the old record. */
export const notUndoneGate: Gate = {
  id: 'not_undone',
  stages: ['execute'],
  refuse: async ({ effect }) =>
    effect?.status === 'rolled_back' || effect?.status === 'rollback_failed'
      ? 'it was undone since; it has to be proposed again'
      : undefined,
};
