import type { Knex } from 'knex';
import {
  effectsAroundTask,
  type StoredEffect,
} from '../../database/EffectStore';
import { readWorkflowWithApproval } from '../../database/readWorkflowWithApproval';
import { fromNullableJson } from '../../database/rows';
import type { GuardCall, GuardedWorkflow } from './Gate';

/** An effect with all that the gates judge it by, as it stands at this moment: an agent may have worked for an hour. */
export type EffectOnRecord = Required<
  Pick<GuardCall, 'workflow' | 'covered' | 'ofTask'>
> &
  Pick<GuardCall, 'approval' | 'requester'> & { readonly effect: StoredEffect };

/**
 * Reads what is on record about the last round of an effect of a task: the effects around it, its
 * approval with the signatures, and the workflow. Answers undefined when there is no such effect.
 */
export async function readOnRecord(
  knex: Knex,
  of: { workflow: GuardedWorkflow; taskId: string; key: string },
): Promise<EffectOnRecord | undefined> {
  const { workflow, taskId, key } = of;
  const around = await effectsAroundTask(knex, workflow.id, taskId);
  const ofTask = around.filter(each => each.taskId === taskId);
  const effect = ofTask.filter(each => each.key === key).at(-1);
  if (!effect) return undefined;
  const { approvalId } = effect;
  const found = await readWorkflowWithApproval(knex, workflow.id, approvalId);
  const facts = found?.workflow;
  return {
    effect,
    ofTask,
    covered: approvalId
      ? around.filter(each => each.approvalId === approvalId)
      : [],
    approval: found?.approval,
    workflow: { ...workflow, planHash: facts?.plan_hash ?? '' },
    requester: facts && {
      userEntityRef: facts.requested_by,
      refs: fromNullableJson<string[]>(facts.requester_refs) ?? [],
      owner: facts.owner,
    },
  };
}
