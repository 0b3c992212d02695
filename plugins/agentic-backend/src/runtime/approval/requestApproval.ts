import {
  CRITIC_PRINCIPAL,
  type Approval,
  type ApprovalDifference,
  type CriticVerdict,
  type Plan,
} from '@agentic-backstage/plugin-agentic-common';
import { randomUUID } from 'node:crypto';
import type { WorkflowTransaction } from '../../database/AgenticDatabase';
import {
  findApprovals,
  insertApproval,
  insertDecision,
  voidApprovals,
  type ApprovalBody,
} from '../../database/ApprovalStore';
import type { StoredEffect } from '../../database/EffectStore';
import {
  buildEvent,
  enqueueEvents,
  enqueueNotifications,
} from '../../database/Outbox';
import { isoNow } from '../../database/rows';
import { planByHash } from '../../database/PlanRevisionStore';
import { describeVerdict } from '../critic/describeVerdict';
import type { EffectLedger } from '../guard/EffectLedger';
import { chainFor } from './approvalChain';
import { approvalDifference } from './approvalDifference';
import type { ApprovalPolicy } from './ApprovalPolicy';
import { describeApproval } from './describeApproval';

const HOUR_MS = 3_600_000;

/**
 * Opens an approval for exactly these effects, voids older ones, says what has changed since the
 * last one, lets the critic sign where it may, and tells those who can sign.
 */
export async function requestApproval(options: {
  tx: WorkflowTransaction;
  plan: Plan;
  taskId: string;
  effects: readonly StoredEffect[];
  policy: ApprovalPolicy;
  ledger: EffectLedger;
  critic: readonly [CriticVerdict, ...CriticVerdict[]];
}): Promise<void> {
  const { tx, plan, taskId, effects, policy, ledger, critic } = options;
  const { workflow } = tx;
  const chain = chainFor(policy, workflow.environment, effects);
  const approval = describeApproval({
    approvalId: randomUUID(),
    workflow,
    plan,
    taskId,
    effects,
    chain,
    critic,
    createdAt: isoNow(),
    expiresAt: new Date(
      Date.now() + policy.expiresAfterHours * HOUR_MS,
    ).toISOString(),
  });
  await voidApprovals(tx.trx, workflow.id, {
    taskId,
    reason:
      'It was asked for anew: what is to be carried out was looked at again',
  });
  const changedSince = await differenceToLast(tx, plan, approval);
  await ledger.putUnderApproval(tx.trx, effects, approval.approvalId);
  await insertApproval(tx.trx, { ...approval, changedSince });
  tx.events.add({
    type: 'approval',
    taskId,
    message: `Approval asked for, as ${chain.requiredRoles.join(' and ')}${
      chain.twoPeopleBecause.length > 0
        ? `; two people have to sign: ${chain.twoPeopleBecause.join('; ')}`
        : ''
    }`,
    data: { approvalId: approval.approvalId },
  });
  await signAsCritic(tx, approval);
  await tellThoseWhoSign(tx, approval, policy);
}

/** What has changed since the last approval of the same task, whatever became of it. */
async function differenceToLast(
  tx: WorkflowTransaction,
  plan: Plan,
  { workflowId, taskId, dryRunResults }: ApprovalBody,
): Promise<ApprovalDifference | undefined> {
  const [before] = await findApprovals(tx.trx, { workflowId, taskId });
  if (!before) {
    return undefined;
  }
  const planBefore =
    before.planHash === plan.planHash
      ? undefined
      : await planByHash(tx.trx, workflowId, before.planHash);
  return approvalDifference({
    before,
    operations: dryRunResults,
    ...(planBefore && { plans: { before: planBefore, after: plan } }),
  });
}

/** The critic's signature, where it may give one, has nothing to object, and a person signs besides. */
async function signAsCritic(
  tx: WorkflowTransaction,
  {
    approvalId,
    taskId,
    chain,
    requiredRoles,
    critic,
  }: Pick<
    Approval,
    'approvalId' | 'taskId' | 'chain' | 'requiredRoles' | 'critic'
  >,
): Promise<void> {
  const verdict = critic?.[0];
  const signs =
    chain?.criticMaySign &&
    verdict?.decision === 'approve' &&
    requiredRoles.includes('strategic') &&
    requiredRoles.includes('final');
  if (!signs) {
    return;
  }
  await insertDecision(tx.trx, approvalId, {
    decidedBy: CRITIC_PRINCIPAL,
    role: 'strategic',
    decision: 'approve',
    reason: describeVerdict(verdict),
    decidedAt: isoNow(),
  });
  tx.events.add({
    type: 'approval',
    taskId,
    message: 'The critic signed as strategic',
    data: { approvalId, role: 'strategic', decision: 'approve' },
  });
}

async function tellThoseWhoSign(
  tx: WorkflowTransaction,
  approval: ApprovalBody,
  policy: ApprovalPolicy,
): Promise<void> {
  const { workflow } = tx;
  const { approvalId, requiredRoles, chain, dryRunResults } = approval;
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
        required_roles: [...requiredRoles],
      },
    }),
  ]);
  const recipients = new Set(requiredRoles.flatMap(role => policy.roles[role]));
  if (chain?.requesterMayApprove) recipients.add(workflow.requested_by);
  await enqueueNotifications(tx.trx, [
    {
      scope: `agentic:${workflow.id}:approval:${approvalId}`,
      recipients: [...recipients],
      title: `Approval needed: ${workflow.service_name} to ${workflow.environment}`,
      description: `${workflow.requested_by} asks to carry out ${dryRunResults.length} change(s). Look at the dry run and decide before ${approval.expiresAt}.`,
      link: `/agentic/workflows/${workflow.id}?tab=approval`,
      severity: 'high',
    },
  ]);
}
