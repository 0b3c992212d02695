import {
  DEFAULT_TEMPLATE,
  type CreateWorkflowRequest,
  type Plan,
} from '@agentic-backstage/plugin-agentic-common';
import { buildEvent } from '../database/Outbox';
import type { WorkflowStore } from '../database/WorkflowStore';
import { freshTraceparent } from '../telemetry/traceparent';
import { currentTraceparent } from '../telemetry/WorkContext';
import type { Requester } from './Requester';

/** All that is written when a request is accepted: row, plan, tasks, history and events. */
export function newWorkflow(
  id: string,
  request: CreateWorkflowRequest,
  requester: Requester,
  plan: Plan,
): Parameters<WorkflowStore['insert']>[0] {
  const { intent } = plan;
  const refs = plan.tasks.map(task => ({
    task_id: task.taskId,
    agent: task.agent,
    priority: task.priority,
  }));
  const event = { agent: 'planner', correlationId: id } as const;
  return {
    id,
    requestedBy: requester.userEntityRef,
    idempotencyKey: request.idempotencyKey,
    template: plan.template ?? DEFAULT_TEMPLATE,
    description: request.description,
    changeReason: request.changeReason,
    ...(request.expectedPlanHash && {
      shownPlanHash: request.expectedPlanHash,
    }),
    requesterRefs: requester.ownershipEntityRefs,
    traceparent: currentTraceparent() ?? freshTraceparent(),
    plan,
    events: [
      {
        type: 'workflow',
        message: `${requester.userEntityRef} asked for ${intent.serviceName} in ${intent.environment}`,
      },
      ...plan.stages.map(stage => ({
        type: 'workflow' as const,
        message: `Planning, ${stage.stage}: ${stage.summary}`,
        data: { details: stage.details },
      })),
    ],
    published: [
      buildEvent({
        ...event,
        type: 'workflow.created',
        detail: {
          workflow_id: id,
          requested_by: requester.userEntityRef,
          service_name: intent.serviceName,
          template: plan.template,
          environment: intent.environment,
          tasks: refs,
        },
      }),
      buildEvent({
        ...event,
        type: 'planner.tasks.created',
        detail: { workflow_id: id, tasks: refs },
      }),
      ...refs.map(ref =>
        buildEvent({
          ...event,
          type: 'task.created',
          detail: { workflow_id: id, ...ref },
        }),
      ),
    ],
  };
}
