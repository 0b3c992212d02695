import type {
  Approval,
  ApprovalStatistics,
  CriticVerdict,
  PlanDifference,
  PlanRevision,
} from '@agentic-backstage/plugin-agentic-common';
import { ADA, anApproval, at, PLAN_HASH } from './sampleDomain';

/** A difference without any entry. */
export const NO_DIFFERENCE: PlanDifference = {
  intent: [],
  tasksAdded: [],
  tasksRemoved: [],
  tasksChanged: [],
  estimates: [],
  risksAdded: [],
  risksRemoved: [],
  checks: [],
};

/** What the critic said about the effects of the sample approval. */
export function aCriticVerdict(
  change: Partial<CriticVerdict> = {},
): CriticVerdict {
  return {
    verdictId: 'verdict-1',
    workflowId: 'wf-1',
    taskId: 't4',
    stage: 'effects',
    decision: 'approve',
    findings: [],
    rules: ['effects.dry-run', 'plan.cost'],
    subjectDigest: 'b7'.repeat(32),
    createdAt: at(12),
    expiresAt: '2099-01-01T00:00:00.000Z',
    ...change,
  };
}

/** The sample approval as the backend gives it since there are chains: with critic, outcomes and kind. */
export function aChainedApproval(change: Partial<Approval> = {}): Approval {
  const approval = anApproval();
  return {
    ...approval,
    plan: { ...approval.plan, version: 1 },
    dryRunResults: approval.dryRunResults.map(result => ({
      ...result,
      outcome: 'needs_review' as const,
    })),
    chain: {
      order: 'fixed',
      holders: [
        { role: 'strategic', refs: ['group:default/architects'] },
        { role: 'final', refs: ['group:default/platform-leads'] },
      ],
      requesterMayApprove: false,
      criticMaySign: false,
      twoPeopleBecause: [],
    },
    kind: 'create',
    critic: [aCriticVerdict()],
    ...change,
  };
}

/** The request of the sample workflow, changed from another environment. */
export function aRevision(change: Partial<PlanRevision> = {}): PlanRevision {
  return {
    version: 2,
    planHash: PLAN_HASH,
    revisedBy: ADA,
    reason: 'The wrong environment',
    revisedAt: at(20),
    difference: {
      ...NO_DIFFERENCE,
      intent: [
        { field: 'environment', before: 'development', after: 'staging' },
      ],
    },
    ...change,
  };
}

/** The statistics of a portal in which nobody has decided anything. */
export function noStatistics(
  change: Partial<ApprovalStatistics> = {},
): ApprovalStatistics {
  const none = { decisions: 0, approved: 0, rejected: 0, blindApprovals: 0 };
  return {
    from: at(0),
    to: at(3600),
    blindSeconds: 10,
    open: 0,
    overdue: 0,
    all: none,
    byRole: [
      { role: 'strategic', ...none },
      { role: 'final', ...none },
    ],
    byApprover: [],
    ...change,
  };
}
