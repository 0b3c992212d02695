/** The type of the documents that `@agentic-backstage/plugin-search-backend-module-agentic` indexes. */
export const WORKFLOW_SEARCH_TYPE = 'agentic-workflow';
