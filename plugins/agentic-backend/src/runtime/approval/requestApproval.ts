import type { Plan } from '@agentic-backstage/plugin-agentic-common';
import { randomUUID } from 'node:crypto';
import type { WorkflowTransaction } from '../../database/AgenticDatabase';
import { insertApproval, voidApprovals } from '../../database/ApprovalStore';
import type { StoredEffect } from '../../database/EffectStore';
import {
  buildEvent,
  enqueueEvents,
  enqueueNotifications,
} from '../../database/Outbox';
import { isoNow } from '../../database/rows';
import { approvalRulesOf, type ApprovalPolicy } from './ApprovalRules';
import type { EffectLedger } from '../guard/EffectLedger';
import { scopeHashOf } from '../guard/scopeHash';

/** Opens an approval for exactly these effects, voids older ones, and tells those who can sign. */
export async function requestApproval(options: {
  tx: WorkflowTransaction;
  plan: Plan;
  taskId: string;
  effects: readonly StoredEffect[];
  policy: ApprovalPolicy;
  ledger: EffectLedger;
}): Promise<void> {
  const { tx, plan, taskId, effects, policy, ledger } = options;
  const { workflow } = tx;
  const rules = approvalRulesOf(policy, workflow.environment);
  const approvalId = randomUUID();
  const task = plan.tasks.find(planned => planned.taskId === taskId);
  const expires = new Date(Date.now() + policy.expiresAfterHours * 3_600_000);

  await voidApprovals(tx.trx, workflow.id, taskId);
  await ledger.putUnderApproval(tx.trx, effects, approvalId);
  await insertApproval(tx.trx, {
    approvalId,
    workflowId: workflow.id,
    taskId,
    serviceName: workflow.service_name,
    environment: workflow.environment,
    requestedBy: workflow.requested_by,
    planHash: plan.planHash,
    scopeHash: scopeHashOf(plan.planHash, workflow.environment, effects),
    requiredRoles: [...rules.requiredRoles],
    createdAt: isoNow(),
    expiresAt: expires.toISOString(),
    plan: {
      title: task?.title ?? taskId,
      steps: plan.tasks.map(
        planned => `${planned.taskId} ${planned.title} (${planned.agent})`,
      ),
    },
    dryRunResults: effects.map(effect => ({
      effectId: effect.effectId,
      tool: effect.tool,
      summary: effect.dryRun.summary,
      changes: effect.dryRun.changes,
      warnings: effect.dryRun.warnings,
      verdict: effect.verdict,
    })),
    estimatedImpact: {
      blastRadius: effects
        .map(effect => effect.blastRadius.description)
        .join('; '),
      destructive: effects.some(effect => effect.blastRadius.destructive),
      monthlyCost: monthlyCostText(plan),
    },
    rollbackStrategy: effects.map(
      effect => `${effect.tool}: ${effect.rollbackStrategy}`,
    ),
  });
  tx.events.add({
    type: 'approval',
    taskId,
    message: `Approval asked for, as ${rules.requiredRoles.join(' and ')}`,
    data: { approvalId },
  });
  await enqueueEvents(tx.trx, [
    buildEvent({
      agent: 'planner',
      type: 'approval.requested',
      correlationId: workflow.id,
      detail: {
        approval_id: approvalId,
        workflow_id: workflow.id,
        service_name: workflow.service_name,
        environment: workflow.environment,
        required_roles: [...rules.requiredRoles],
      },
    }),
  ]);
  const recipients = new Set(
    rules.requiredRoles.flatMap(role => policy.roles[role]),
  );
  if (rules.requesterMayApprove) recipients.add(workflow.requested_by);
  await enqueueNotifications(tx.trx, [
    {
      scope: `agentic:${workflow.id}:approval:${approvalId}`,
      recipients: [...recipients],
      title: `Approval needed: ${workflow.service_name} to ${workflow.environment}`,
      description: `${workflow.requested_by} asks to carry out ${
        effects.length
      } change(s). Look at the dry run and decide before ${expires.toISOString()}.`,
      link: `/agentic/workflows/${workflow.id}`,
      severity: 'high',
    },
  ]);
}

function monthlyCostText(plan: Plan): string {
  const { status, monthly, currency } = plan.estimatedCost;
  if (status === 'unknown' || monthly === undefined) {
    return 'unknown';
  }
  return `${monthly.toFixed(2)} ${currency} a month${
    status === 'partial' ? ', and parts without a known price' : ''
  }`;
}
