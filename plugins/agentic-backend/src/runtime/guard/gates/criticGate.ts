import type { WorkflowStore } from '../../../database/WorkflowStore';
import type { Critic } from '../../critic/Critic';
import { describeVerdict } from '../../critic/describeVerdict';
import type { Gate } from '../Gate';

/**
 * The critic has reviewed exactly what was approved, its verdict has not run out, and it does not
 * block. One that has run out is made anew here, so that a long pause brings a new look.
 */
export function criticGate(options: {
  store: Pick<WorkflowStore, 'get'>;
  critic: Pick<Critic, 'current'>;
}): Gate {
  const { store, critic } = options;
  return {
    id: 'critic',
    stages: ['execute'],
    async refuse({ workflow, effect, approval }) {
      const stored = await store.get(workflow.id);
      if (!stored || !effect) {
        return 'the critic cannot review it, because it is not on record';
      }
      const verdict = await critic.current({ stored, taskId: effect.taskId });
      if (verdict.decision === 'block') {
        return describeVerdict(verdict);
      }
      const shown = approval?.critic?.[0];
      return shown && shown.subjectDigest !== verdict.subjectDigest
        ? 'the critic has reviewed something else than what was approved'
        : undefined;
    },
  };
}
