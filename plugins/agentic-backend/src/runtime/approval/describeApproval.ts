import {
  approvalKindOf,
  outcomeOf,
  type Approval,
  type ApprovalChain,
  type ApprovalRole,
  type CriticVerdict,
  type Plan,
} from '@agentic-backstage/plugin-agentic-common';
import type { ApprovalBody } from '../../database/ApprovalStore';
import type { StoredEffect } from '../../database/EffectStore';
import type { WorkflowRow } from '../../database/tables';
import { scopeHashOf } from '../guard/scopeHash';

function monthlyCostText(plan: Plan): string {
  const { status, monthly, currency } = plan.estimatedCost;
  if (status === 'unknown' || monthly === undefined) {
    return 'unknown';
  }
  return `${monthly.toFixed(2)} ${currency} a month${
    status === 'partial' ? ', and parts without a known price' : ''
  }`;
}

/** What each operation would do, how it was judged, and what comes of policy and critic together. */
export function describeOperations(
  effects: readonly StoredEffect[],
  critic: CriticVerdict,
): Approval['dryRunResults'] {
  return effects.map(({ effectId, tool, dryRun, verdict }) => ({
    effectId,
    tool,
    summary: dryRun.summary,
    changes: dryRun.changes,
    warnings: dryRun.warnings,
    verdict,
    outcome: outcomeOf(effectId, verdict, critic),
  }));
}

/** The request for an approval: what it is about, how it was judged, who has to sign. */
export function describeApproval(options: {
  approvalId: string;
  workflow: WorkflowRow;
  plan: Plan;
  taskId: string;
  effects: readonly StoredEffect[];
  chain: ApprovalChain & { readonly requiredRoles: readonly ApprovalRole[] };
  /** What the critic says about the effects first, then about the outputs behind them. */
  critic: readonly [CriticVerdict, ...CriticVerdict[]];
  createdAt: string;
  expiresAt: string;
}): ApprovalBody {
  const { approvalId, workflow, plan, taskId, effects, critic } = options;
  const { requiredRoles, ...chain } = options.chain;
  const task = plan.tasks.find(planned => planned.taskId === taskId);
  const destructive = effects.some(
    ({ blastRadius }) => blastRadius.destructive,
  );
  return {
    approvalId,
    workflowId: workflow.id,
    taskId,
    serviceName: workflow.service_name,
    environment: workflow.environment,
    requestedBy: workflow.requested_by,
    planHash: plan.planHash,
    scopeHash: scopeHashOf(plan.planHash, workflow.environment, effects),
    requiredRoles: [...requiredRoles],
    createdAt: options.createdAt,
    expiresAt: options.expiresAt,
    plan: {
      title: task?.title ?? taskId,
      steps: plan.tasks.map(
        planned => `${planned.taskId} ${planned.title} (${planned.agent})`,
      ),
      version: plan.version,
    },
    dryRunResults: describeOperations(effects, critic[0]),
    estimatedImpact: {
      blastRadius: effects
        .map(({ blastRadius }) => blastRadius.description)
        .join('; '),
      destructive,
      monthlyCost: monthlyCostText(plan),
    },
    rollbackStrategy: effects.map(
      effect => `${effect.tool}: ${effect.rollbackStrategy}`,
    ),
    chain,
    kind: approvalKindOf(
      effects.map(({ dryRun, blastRadius }) => ({
        changes: dryRun.changes,
        destructive: blastRadius.destructive,
      })),
    ),
    critic: [...critic],
  };
}
