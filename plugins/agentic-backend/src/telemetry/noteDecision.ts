import type {
  Approval,
  ApprovalDecision,
} from '@agentic-backstage/plugin-agentic-common';
import { context, trace } from '@opentelemetry/api';
import type { WorkflowRow } from '../database/tables';
import { pastSpan } from './inSpan';
import { metrics } from './Metrics';
import { contextBehind } from './traceparent';
import { traceparentOf } from './WorkflowTraces';

/** A person has decided: how long it took, and the waiting as a span of the workflow, linked to the person's request. */
export function noteDecision(
  workflow: Pick<WorkflowRow, 'id' | 'traceparent'>,
  approval: Pick<Approval, 'createdAt' | 'taskId'>,
  { role, decision }: Pick<ApprovalDecision, 'decision' | 'role'>,
): void {
  const askedAt = new Date(approval.createdAt);
  metrics.measure('decisionDuration', (Date.now() - askedAt.getTime()) / 1000, {
    role,
    decision,
  });
  const request = trace.getSpanContext(context.active());
  pastSpan('agentic.approval', {
    startTime: askedAt,
    parent: contextBehind(traceparentOf(workflow.id, workflow.traceparent)),
    links: request ? [{ context: request }] : [],
    attributes: {
      'agentic.workflow.id': workflow.id,
      'agentic.task.id': approval.taskId,
      'agentic.approval.role': role,
      'agentic.approval.decision': decision,
    },
  });
}
