/** Catalog annotation that names the workflow which created an entity. */
export const WORKFLOW_ID_ANNOTATION = 'agentic.io/workflow-id';

/** Catalog annotation with the repository an entity's code was published to. */
export const REPOSITORY_ANNOTATION = 'agentic.io/repository';
