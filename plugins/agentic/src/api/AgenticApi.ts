import type {
  AgentHealth,
  AgentLanes,
  Approval,
  ApprovalStatus,
  ArtifactFileContent,
  ChangeLaneRequest,
  CreateWorkflowRequest,
  CreateWorkflowResponse,
  DecideApprovalRequest,
  DeploymentView,
  EnvironmentView,
  PlanPreview,
  Workflow,
  WorkflowEvent,
  WorkflowPage,
  WorkflowPhase,
  WorkflowStatus,
} from '@agentic-backstage/plugin-agentic-common';
import { createApiRef } from '@backstage/frontend-plugin-api';

/** A request for work, as a page knows it: the backend fills in who asks. */
export type WorkflowRequest = Pick<
  CreateWorkflowRequest,
  | 'template'
  | 'description'
  | 'parameters'
  | 'changeReason'
  | 'idempotencyKey'
>;

/** What the list of workflows can be narrowed by. */
export interface WorkflowQuery {
  readonly phase?: WorkflowPhase;
  readonly status?: WorkflowStatus;
  readonly requestedBy?: string;
  readonly service?: string;
  readonly environment?: string;
  readonly template?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

/** The ways to steer a workflow that only need a reason. */
export type WorkflowControl = 'pause' | 'resume' | 'cancel';

/** An answer to an approval request; `scopeHash` is the one that was shown. */
export type ApprovalAnswer = Pick<
  DecideApprovalRequest,
  'decision' | 'role' | 'reason' | 'scopeHash'
>;

/** Talks to the agentic backend as the signed-in user. Every method throws an `AgenticRequestError` when refused. */
export interface AgenticApi {
  createWorkflow(request: WorkflowRequest): Promise<CreateWorkflowResponse>;
  /** Plans without storing or starting anything. */
  previewWorkflow(request: WorkflowRequest): Promise<PlanPreview>;
  listWorkflows(query: WorkflowQuery): Promise<WorkflowPage>;
  getWorkflow(workflowId: string): Promise<Workflow>;
  controlWorkflow(
    workflowId: string,
    control: WorkflowControl,
    reason: string,
  ): Promise<void>;
  /** Retries one task, or every failed one when no task is named. */
  retryWorkflow(
    workflowId: string,
    options: { taskId?: string; reason: string },
  ): Promise<void>;
  listEvents(
    workflowId: string,
    options: { after: number },
  ): Promise<readonly WorkflowEvent[]>;
  /** Yields the events after `after` as they happen; ends when the connection does. */
  streamEvents(
    workflowId: string,
    options: { after: number; signal: AbortSignal },
  ): AsyncIterable<WorkflowEvent>;
  getFile(options: {
    workflowId: string;
    artifactId: string;
    path: string;
  }): Promise<ArtifactFileContent>;
  listApprovals(status: ApprovalStatus): Promise<readonly Approval[]>;
  getApproval(approvalId: string): Promise<Approval>;
  decideApproval(approvalId: string, answer: ApprovalAnswer): Promise<void>;
  listDeployments(service: string): Promise<readonly DeploymentView[]>;
  stopDeployment(deploymentId: string, reason: string): Promise<void>;
  /** Where the reader may ask for work, and why not elsewhere. */
  listEnvironments(): Promise<readonly EnvironmentView[]>;
  listAgents(): Promise<readonly AgentHealth[]>;
  /** How far an agent is let, and how it came by it. */
  getAgentLanes(agentId: string): Promise<AgentLanes>;
  /** Promotes an agent one rung, with evidence, or demotes it. */
  changeAgentLane(
    agentId: string,
    change: ChangeLaneRequest,
  ): Promise<AgentLanes>;
}

/** The API of the agentic backend. */
export const agenticApiRef = createApiRef<AgenticApi>().with({
  id: 'plugin.agentic.client',
  pluginId: 'agentic',
});
