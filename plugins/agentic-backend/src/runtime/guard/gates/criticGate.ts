import type { CriticVerdict } from '@agentic-backstage/plugin-agentic-common';
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
  critic: Pick<Critic, 'standing' | 'current'>;
}): Gate {
  const { store, critic } = options;
  async function anew(of: {
    workflowId: string;
    taskId: string;
  }): Promise<CriticVerdict | undefined> {
    const stored = await store.get(of.workflowId);
    return stored && critic.current({ stored, taskId: of.taskId });
  }

  return {
    id: 'critic',
    stages: ['execute'],
    async refuse({ workflow, effect, approval }) {
      const of = effect && { workflowId: workflow.id, taskId: effect.taskId };
      const verdict = of && ((await critic.standing(of)) ?? (await anew(of)));
      if (!verdict) {
        return 'the critic cannot review it, because it is not on record';
      }
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
