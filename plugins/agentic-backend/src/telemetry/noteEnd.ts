import type { WorkflowPhase } from '@agentic-backstage/plugin-agentic-common';
import type { WorkflowRow } from '../database/tables';
import { pastSpan } from './inSpan';
import { metrics } from './Metrics';
import { contextBehind } from './traceparent';
import { traceparentOf } from './WorkflowTraces';

/** A workflow has come to its end: how long it took, and all of it as one span. */
export function noteEnd(workflow: WorkflowRow, phase: WorkflowPhase): void {
  const startTime = new Date(workflow.created_at);
  metrics.measure(
    'workflowDuration',
    (Date.now() - startTime.getTime()) / 1000,
    { phase, environment: workflow.environment },
  );
  pastSpan('agentic.workflow', {
    startTime,
    parent: contextBehind(traceparentOf(workflow.id, workflow.traceparent)),
    attributes: {
      'agentic.workflow.id': workflow.id,
      'agentic.workflow.phase': phase,
      'agentic.workflow.template': workflow.template,
      'agentic.environment': workflow.environment,
      'agentic.service.name': workflow.service_name,
    },
  });
}
