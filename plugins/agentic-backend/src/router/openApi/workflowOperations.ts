import type { Operation } from './Operation';

/** Requests, approvals, and what came of them. */
export const WORKFLOW_OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/workflows',
    id: 'createWorkflow',
    summary:
      'Plan a request and start it; with dryRun only plan it; with expectedPlanHash only the plan that was shown is started',
    body: 'CreateWorkflowRequest',
    answers: { 200: 'PlanPreview', 201: 'CreateWorkflowResponse' },
  },
  {
    method: 'get',
    path: '/workflows',
    id: 'listWorkflows',
    summary: 'List workflows, newest first',
    query: [
      'status',
      'phase',
      'requestedBy',
      'owner',
      'service',
      'environment',
      'template',
      'limit',
      'cursor',
    ],
    answers: { 200: 'WorkflowPage' },
  },
  {
    method: 'get',
    path: '/workflows/{id}',
    id: 'getWorkflow',
    summary:
      'Show one workflow with its plan, tasks, approvals, files and effects',
    answers: { 200: 'Workflow' },
  },
  ...(['pause', 'resume', 'cancel'] as const).map(
    action =>
      ({
        method: 'post',
        path: `/workflows/{id}/${action}`,
        id: `${action}Workflow`,
        summary: `Ask to ${action} a workflow`,
        body: 'ControlRequest',
        answers: { 202: 'CreateWorkflowResponse' },
      } satisfies Operation),
  ),
  {
    method: 'post',
    path: '/workflows/{id}/retry',
    id: 'retryWorkflow',
    summary:
      'Try failed and undone tasks again; with fromTask also a task of choice and all that depends on it',
    body: 'RetryRequest',
    answers: { 202: 'CreateWorkflowResponse' },
  },
  {
    method: 'post',
    path: '/workflows/{id}/revise',
    id: 'reviseWorkflow',
    summary:
      'Change what was asked for while nothing has been carried out; voids its approvals',
    body: 'ReviseWorkflowRequest',
    answers: { 202: 'PlanRevision' },
  },
  {
    method: 'get',
    path: '/workflows/{id}/plans',
    id: 'listPlanVersions',
    summary:
      'The versions of the plan: who changed it, why, and which approvals became void',
    answers: { 200: 'PlanVersionList' },
  },
  {
    method: 'get',
    path: '/workflows/{id}/plans/difference',
    id: 'comparePlanVersions',
    summary: 'What differs between two versions of the plan, field by field',
    query: ['from', 'to'],
    answers: { 200: 'PlanComparison' },
  },
  {
    method: 'get',
    path: '/workflows/{id}/events',
    id: 'listWorkflowEvents',
    summary:
      'History as JSON, or as server-sent events for Accept: text/event-stream',
    query: ['after', 'limit'],
    answers: { 200: 'WorkflowEventList' },
  },
  {
    method: 'get',
    path: '/workflows/{id}/files/{artifactId}',
    id: 'getWorkflowFile',
    summary: 'One generated file with its content',
    query: ['path'],
    answers: { 200: 'ArtifactFileContent' },
  },
  {
    method: 'get',
    path: '/approvals',
    id: 'listApprovals',
    summary: 'List approvals, newest first',
    query: ['status', 'workflowId', 'limit', 'cursor'],
    answers: { 200: 'ApprovalPage' },
  },
  {
    method: 'get',
    path: '/approvals/inbox',
    id: 'getApprovalInbox',
    summary:
      'What waits for the caller first, then the rest they may see, with counts for the filters',
    query: ['status', 'environment', 'agent', 'requestedBy', 'limit'],
    answers: { 200: 'ApprovalInbox' },
  },
  {
    method: 'get',
    path: '/approvals/statistics',
    id: 'getApprovalStatistics',
    summary: 'How decisions came about: time to decide and blind approvals',
    query: ['days'],
    answers: { 200: 'ApprovalStatistics' },
  },
  {
    method: 'get',
    path: '/approvals/{id}',
    id: 'getApproval',
    summary: 'Show one approval',
    answers: { 200: 'Approval' },
  },
  {
    method: 'post',
    path: '/approvals/{id}/seen',
    id: 'seeApproval',
    summary: 'Note that a person has it on the screen, or its details',
    body: 'SeeApprovalRequest',
    answers: {},
  },
  {
    method: 'post',
    path: '/approvals/{id}/decision',
    id: 'decideApproval',
    summary:
      'Approve or reject exactly what was shown; only with a person’s credentials',
    body: 'DecideApprovalRequest',
    answers: { 200: 'Approval' },
  },
  {
    method: 'post',
    path: '/generate',
    id: 'generate',
    summary: 'Render and check files without starting anything',
    body: 'GenerateRequest',
    answers: { 200: 'GenerateResponse' },
  },
  {
    method: 'get',
    path: '/deployments',
    id: 'listDeployments',
    summary: 'List started versions of services',
    query: ['service', 'environment', 'workflowId'],
    answers: { 200: 'DeploymentList' },
  },
  {
    method: 'post',
    path: '/deployments/{id}/stop',
    id: 'stopDeployment',
    summary:
      'Stop a version; answers what a look at the world found afterwards',
    body: 'ControlRequest',
    answers: { 200: 'DeploymentStopped', 202: 'DeploymentStopped' },
  },
  {
    method: 'get',
    path: '/environments',
    id: 'listEnvironments',
    summary:
      'List environments with their rules, and where the caller may ask for work',
    answers: { 200: 'EnvironmentList' },
  },
];
