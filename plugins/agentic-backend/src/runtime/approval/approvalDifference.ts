import {
  fieldChanges,
  planDifference,
  type Approval,
  type ApprovalDifference,
  type Plan,
} from '@agentic-backstage/plugin-agentic-common';

type Operation = Approval['dryRunResults'][number];

/** What an operation is called through all versions and rounds: its task, its key, its tool. */
function nameOf(workflowId: string, { effectId, tool }: Operation): string {
  const key = effectId.startsWith(`${workflowId}.`)
    ? effectId.slice(workflowId.length + 1)
    : effectId;
  return `${tool} (${key.replace(/\.r\d+$/, '')})`;
}

function fieldsOf(operation: Operation): Record<string, unknown> {
  return {
    summary: operation.summary,
    policy: operation.verdict.decision,
    changes: operation.changes
      .map(({ action, resource, detail }) => `${action} ${resource}: ${detail}`)
      .join('\n'),
    warnings: operation.warnings.join('\n'),
  };
}

/** Why an approval does not hold any more, in words. */
export function reasonOfEnd(
  approval: Pick<Approval, 'status' | 'voidReason' | 'decisions' | 'expiresAt'>,
): string {
  const no = approval.decisions.find(({ decision }) => decision === 'reject');
  if (no) {
    return `${no.decidedBy} rejected it: ${no.reason}`;
  }
  return (
    approval.voidReason ??
    (approval.status === 'expired'
      ? `Nobody decided before ${approval.expiresAt}`
      : 'It was asked for anew')
  );
}

/** What differs between an approval and the one it takes the place of. */
export function approvalDifference(options: {
  before: Approval;
  operations: readonly Operation[];
  /** Both plans, where the plan is another one. */
  plans?: { readonly before: Plan; readonly after: Plan };
}): ApprovalDifference {
  const { before, operations, plans } = options;
  const name = (operation: Operation) => nameOf(before.workflowId, operation);
  const earlier = new Map(before.dryRunResults.map(each => [name(each), each]));
  const later = new Map(operations.map(each => [name(each), each]));
  return {
    approvalId: before.approvalId,
    status: before.status,
    reason: reasonOfEnd(before),
    ...(plans && { plan: planDifference(plans.before, plans.after) }),
    operationsAdded: [...later.keys()].filter(key => !earlier.has(key)),
    operationsRemoved: [...earlier.keys()].filter(key => !later.has(key)),
    operationsChanged: [...later].flatMap(([operation, is]) => {
      const was = earlier.get(operation);
      const fields = was ? fieldChanges(fieldsOf(was), fieldsOf(is)) : [];
      return fields.length > 0 ? [{ operation, fields }] : [];
    }),
  };
}
