import type { Plan } from '@agentic-backstage/plugin-agentic-common';
import type { PlanDraft } from '@agentic-backstage/plugin-agentic-node';
import { randomUUID } from 'node:crypto';
import { digestOf } from './canonicalJson';

/** Numbers a draft and seals it with the hash every approval is bound to. */
export function sealPlan(draft: PlanDraft, version: number): Plan {
  return {
    ...draft,
    planId: randomUUID(),
    version,
    planHash: digestOf(draft),
    createdAt: new Date().toISOString(),
  };
}

/** Says whether a stored plan is the one its hash was made from. */
export function planIsIntact(plan: Plan): boolean {
  const { planId, version, planHash, createdAt, ...draft } = plan;
  return digestOf(draft) === planHash;
}
