import type { SearchableWorkflow } from '@agentic-backstage/plugin-agentic-common';
import type { IndexableDocument } from '@backstage/plugin-search-common';

/** A workflow as the search index keeps it. The state is the one at the time of indexing. */
export interface WorkflowDocument extends IndexableDocument {
  readonly serviceName: string;
  readonly phase: string;
  readonly environment: string;
  readonly owner: string;
  readonly requestedBy: string;
  readonly createdAt: string;
}

/** Says what is found of a workflow, where it leads, and whose permission decides who finds it. */
export function toDocument(workflow: SearchableWorkflow): WorkflowDocument {
  const { workflowId, serviceName, phase, environment, owner, requestedBy } =
    workflow;
  return {
    title: `${serviceName}: ${workflow.template}`,
    text:
      workflow.description ??
      `${workflow.template} for ${owner} in ${environment}`,
    location: `/agentic/workflows/${encodeURIComponent(workflowId)}`,
    authorization: { resourceRef: workflowId },
    serviceName,
    phase,
    environment,
    owner,
    requestedBy,
    createdAt: workflow.createdAt,
  };
}
