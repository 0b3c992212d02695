import { Workflow } from '@agentic-backstage/plugin-agentic-common';
import { z } from 'zod';

/** The part of `GET /workflows/:id` that tells how far a workflow has come. */
export const WorkflowProgress = z.object({
  workflowId: Workflow.shape.workflowId,
  status: Workflow.shape.status,
  phase: Workflow.shape.phase,
  tasks: Workflow.shape.tasks,
  error: Workflow.shape.error,
});
export type WorkflowProgress = z.infer<typeof WorkflowProgress>;
