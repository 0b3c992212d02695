import {
  AgentHealth,
  AgentLanes,
  Approval,
  ApprovalPage,
  ApprovalStatistics,
  ArtifactFileContent,
  AuditEntry,
  AuditFilter,
  AuditPage,
  ChangeLaneRequest,
  ChangeRecordFile,
  ControlRequest,
  CreateWorkflowRequest,
  CreateWorkflowResponse,
  DecideApprovalRequest,
  DeploymentView,
  ErasePayloadsRequest,
  EnvironmentList,
  GenerateRequest,
  GenerateResponse,
  Health,
  HealthDetails,
  EngageKillSwitchRequest,
  KillSwitch,
  KillSwitchState,
  ReleaseKillSwitchRequest,
  PlanPreview,
  PlanRevision,
  Problem,
  Question,
  RecordVerification,
  RetryRequest,
  ReviseWorkflowRequest,
  SeeApprovalRequest,
  Workflow,
  WorkflowEvent,
  WorkflowPage,
  LimitsReport,
  RunSweepRequest,
  SecretAccessLog,
  SecretList,
  SweepReport,
  SweepRequest,
  SweepRun,
  SweepRunList,
  UndoEffectResponse,
} from '@agentic-backstage/plugin-agentic-common';
import { z } from 'zod';

type JsonObject = Record<string, unknown>;

const ErrorBody = z.object({
  error: z.object({
    name: z.string(),
    message: z.string(),
    problems: z.array(Problem).optional(),
    questions: z.array(Question).optional(),
  }),
});

const SCHEMAS = {
  AgentHealthList: z.object({ items: z.array(AgentHealth) }),
  AgentLanes,
  ChangeLaneRequest,
  Approval,
  ApprovalPage,
  ApprovalStatistics,
  ArtifactFileContent,
  AuditEntry,
  AuditPage,
  ChangeRecordFile,
  ControlRequest,
  CreateWorkflowRequest,
  CreateWorkflowResponse,
  DecideApprovalRequest,
  PlanRevision,
  ReviseWorkflowRequest,
  SeeApprovalRequest,
  ErasePayloadsRequest,
  PayloadsErased: z.object({
    chain: z.string(),
    entry: z.number().int(),
    erased: z.number().int(),
  }),
  RecordVerification,
  DeploymentList: z.object({ items: z.array(DeploymentView) }),
  DeploymentStopped: z.object({
    deployment: DeploymentView,
    confirmed: z.boolean(),
    evidence: z.string(),
  }),
  EnvironmentList,
  EngageKillSwitchRequest,
  Error: ErrorBody,
  GenerateRequest,
  GenerateResponse,
  Health,
  HealthDetails,
  KillSwitch,
  KillSwitchState,
  ReleaseKillSwitchRequest,
  PlanPreview,
  RetryRequest,
  Workflow,
  WorkflowEventList: z.object({ items: z.array(WorkflowEvent) }),
  WorkflowPage,
  LimitsReport,
  RunSweepRequest,
  SecretAccessLog,
  SecretList,
  SweepReport,
  SweepRequest,
  SweepRun,
  SweepRunList,
  UndoEffectResponse,
} as const;

type SchemaName = keyof typeof SCHEMAS;

const AUDIT_FILTER = Object.keys(AuditFilter.shape);

/** One operation of the API. */
export interface Operation {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly query?: readonly string[];
  readonly body?: SchemaName;
  readonly answers: Readonly<Record<string, SchemaName>>;
  readonly open?: boolean;
}

/** Every operation of the API. */
export const OPERATIONS: readonly Operation[] = [
  {
    method: 'post',
    path: '/workflows',
    id: 'createWorkflow',
    summary: 'Plan a request and start it; with dryRun only plan it',
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
    summary: 'Try failed and undone tasks again',
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
  {
    method: 'get',
    path: '/agents',
    id: 'listAgents',
    summary:
      'List agents: what each may do, whether it may now, and how it has done in the last seven days',
    answers: { 200: 'AgentHealthList' },
  },
  {
    method: 'get',
    path: '/kill-switch',
    id: 'getKillSwitch',
    summary: 'Show which agents are stopped, by whom and why',
    answers: { 200: 'KillSwitchState' },
  },
  {
    method: 'post',
    path: '/kill-switch',
    id: 'engageKillSwitch',
    summary: 'Stop one agent, or all, at once; what runs waits and is not lost',
    body: 'EngageKillSwitchRequest',
    answers: { 200: 'KillSwitch', 201: 'KillSwitch' },
  },
  {
    method: 'post',
    path: '/kill-switch/release',
    id: 'releaseKillSwitch',
    summary:
      'Let one agent, or all, go on where they were held; only with a person’s credentials',
    body: 'ReleaseKillSwitchRequest',
    answers: { 200: 'KillSwitch' },
  },
  {
    method: 'get',
    path: '/health/details',
    id: 'getHealthDetails',
    summary: 'Show everything the framework leans on, with breakers and queues',
    answers: { 200: 'HealthDetails' },
  },
  {
    method: 'get',
    path: '/agents/{id}/lanes',
    id: 'getAgentLanes',
    summary: 'Show how far an agent is let, and how it came by it',
    answers: { 200: 'AgentLanes' },
  },
  {
    method: 'post',
    path: '/agents/{id}/lane',
    id: 'changeAgentLane',
    summary: 'Promote an agent one rung, with evidence, or demote it',
    body: 'ChangeLaneRequest',
    answers: { 200: 'AgentLanes' },
  },
  {
    method: 'get',
    path: '/audit',
    id: 'searchAudit',
    summary: 'Search the change records of all workflows, newest first',
    query: [...AUDIT_FILTER, 'limit', 'cursor'],
    answers: { 200: 'AuditPage' },
  },
  {
    method: 'get',
    path: '/audit/export',
    id: 'exportAudit',
    summary:
      'Every entry that fits with its payload, as lines of JSON or as CSV; the export itself is put on record',
    query: [...AUDIT_FILTER, 'format'],
    answers: { 200: 'AuditEntry' },
  },
  {
    method: 'get',
    path: '/audit/chains/{chain}',
    id: 'getChain',
    summary: 'A whole chain as agentic-verify reads it',
    answers: { 200: 'ChangeRecordFile' },
  },
  {
    method: 'get',
    path: '/audit/chains/{chain}/verification',
    id: 'verifyChain',
    summary: 'Verify a chain now',
    answers: { 200: 'RecordVerification' },
  },
  {
    method: 'get',
    path: '/audit/chains/{chain}/entries/{seq}',
    id: 'getAuditEntry',
    summary: 'One entry with its payload',
    answers: { 200: 'AuditEntry' },
  },
  {
    method: 'post',
    path: '/audit/erasures',
    id: 'erasePayloads',
    summary:
      'Erase payloads; entries and digests stay, and the erasing is put on record',
    body: 'ErasePayloadsRequest',
    answers: { 200: 'PayloadsErased' },
  },
  {
    method: 'get',
    path: '/workflows/{id}/record',
    id: 'getWorkflowRecord',
    summary: 'The change record of a workflow as agentic-verify reads it',
    answers: { 200: 'ChangeRecordFile' },
  },
  {
    method: 'get',
    path: '/workflows/{id}/record/verification',
    id: 'verifyWorkflowRecord',
    summary: 'Verify the change record of a workflow now',
    answers: { 200: 'RecordVerification' },
  },
  {
    method: 'get',
    path: '/secrets',
    id: 'listSecrets',
    summary: 'What may be said of every secret; never a value',
    answers: { 200: 'SecretList' },
  },
  {
    method: 'get',
    path: '/secrets/due',
    id: 'listDueSecrets',
    summary: 'The secrets whose next value is due, the longest overdue first',
    answers: { 200: 'SecretList' },
  },
  {
    method: 'get',
    path: '/secrets/access',
    id: 'listSecretAccess',
    summary: 'Who used which secret for what, newest first',
    query: ['secret', 'workflowId', 'before', 'limit'],
    answers: { 200: 'SecretAccessLog' },
  },
  {
    method: 'get',
    path: '/limits',
    id: 'getLimits',
    summary:
      'What is allowed and what is used, of oneself, one’s teams and the runs one may see',
    query: ['workflowId'],
    answers: { 200: 'LimitsReport' },
  },
  {
    method: 'post',
    path: '/sweeper/dry-run',
    id: 'reportSweep',
    summary: 'Look what nobody needs any more; removes nothing',
    body: 'SweepRequest',
    answers: { 200: 'SweepReport' },
  },
  {
    method: 'post',
    path: '/sweeper/run',
    id: 'runSweep',
    summary:
      'Remove exactly what a report says; refused when it is too old or has changed',
    body: 'RunSweepRequest',
    answers: { 202: 'SweepRun' },
  },
  {
    method: 'get',
    path: '/sweeper/runs',
    id: 'listSweeps',
    summary: 'What was swept, newest first',
    answers: { 200: 'SweepRunList' },
  },
  {
    method: 'post',
    path: '/workflows/{id}/effects/{effectId}/undo',
    id: 'undoEffectAgain',
    summary: 'Try again to undo an effect that could not be undone',
    body: 'ControlRequest',
    answers: { 200: 'UndoEffectResponse' },
  },
  {
    method: 'get',
    path: '/health',
    id: 'getHealth',
    summary: 'Say whether the framework works',
    answers: { 200: 'Health', 503: 'Health' },
    open: true,
  },
];

function refTo(name: SchemaName): JsonObject {
  return {
    content: {
      'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
    },
  };
}

function toOperation(operation: Operation): JsonObject {
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = (operation.query ?? []).map(name => ({
    name,
    in: 'query',
    schema: { type: ['limit', 'after'].includes(name) ? 'integer' : 'string' },
  }));
  const answers = Object.entries(operation.answers).map(([status, name]) => [
    status,
    { description: name, ...refTo(name) },
  ]);
  return {
    operationId: operation.id,
    summary: operation.summary,
    ...(operation.open && { security: [] }),
    parameters: [...inPath, ...inQuery],
    ...(operation.body && {
      requestBody: {
        required: operation.body !== 'ControlRequest',
        ...refTo(operation.body),
      },
    }),
    responses: {
      ...(answers.length === 0 && { 204: { description: 'Done' } }),
      ...Object.fromEntries(answers),
      '4XX': {
        description: 'What was wrong, which field, and what to do',
        ...refTo('Error'),
      },
    },
  };
}

function toSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io }) as JsonObject;
  return rest;
}

/** The OpenAPI 3.1 description of the API, made from the schemas that the routes parse with. */
export function openApiDocument(): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: toOperation(operation),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Agentic Framework for Backstage',
      version: '0.1.0',
      description:
        'From a request in words to a running, checked and approved service.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/agentic' }],
    security: [{ backstage: [] }],
    paths,
    components: {
      securitySchemes: {
        backstage: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
      schemas: Object.fromEntries(
        Object.entries(SCHEMAS).map(([name, schema]) => [
          name,
          toSchema(schema, name.endsWith('Request') ? 'input' : 'output'),
        ]),
      ),
    },
  };
}
