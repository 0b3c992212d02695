import { z } from 'zod';
import { WorkflowPhase } from './states';

/** What can be found of a workflow: what was asked for and by whom, nothing of its files or logs. */
export const SearchableWorkflow = z.object({
  workflowId: z.string(),
  serviceName: z.string(),
  template: z.string(),
  description: z.string().optional(),
  phase: WorkflowPhase,
  environment: z.string(),
  owner: z.string(),
  requestedBy: z.string(),
  createdAt: z.string(),
});
export type SearchableWorkflow = z.infer<typeof SearchableWorkflow>;

/** Answer of `GET /searchable-workflows`. `nextCursor` is absent on the last page. */
export const SearchableWorkflowPage = z.object({
  items: z.array(SearchableWorkflow),
  nextCursor: z.string().optional(),
});
export type SearchableWorkflowPage = z.infer<typeof SearchableWorkflowPage>;
