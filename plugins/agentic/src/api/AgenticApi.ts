import type {
  AgentHealth,
  AgentLanes,
  AssignIncidentRequest,
  Approval,
  ApprovalInbox,
  ApprovalInboxQuery,
  ApprovalPage,
  ApprovalStatistics,
  ApprovalStatus,
  ArtifactFileContent,
  AuditEntry,
  AuditFilter,
  AuditPage,
  ChangeLaneRequest,
  CreateWorkflowRequest,
  CreateWorkflowResponse,
  DecideApprovalRequest,
  DeploymentView,
  HealthDetails,
  IncidentDetails,
  IncidentPage,
  IncidentSeverity,
  IncidentSource,
  IncidentStatus,
  KillSwitchState,
  EnvironmentView,
  LimitsReport,
  OpenIncidentRequest,
  PlanComparison,
  PlanPreview,
  PlanRevision,
  PlanVersion,
  RecordVerification,
  ReviseWorkflowRequest,
  Workflow,
  WorkflowEvent,
  WorkflowPage,
  WorkflowPhase,
  WorkflowStatus,
  SecretAccessLog,
  SecretList,
  SweepReport,
  SweepRun,
  UndoEffectResponse,
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
  | 'expectedPlanHash'
>;

/** What the list of workflows can be narrowed by. */
export interface WorkflowQuery {
  readonly phase?: WorkflowPhase;
  readonly status?: WorkflowStatus;
  readonly requestedBy?: string;
  /** Entity refs; a workflow is listed when it is for one of these owners. */
  readonly owner?: readonly string[];
  readonly service?: string;
  readonly environment?: string;
  readonly template?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

/** The ways to steer a workflow that only need a reason. */
export type WorkflowControl = 'pause' | 'resume' | 'cancel';

/** What the list of approvals can be narrowed by. */
export interface ApprovalQuery {
  readonly status?: ApprovalStatus;
  readonly workflowId?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

/** What the approvals inbox can be narrowed by; open approvals unless another state is named. */
export type InboxQuery = Partial<ApprovalInboxQuery>;

/** What is run again: one failed task, or everything from a task on; without either, whatever failed. */
export interface RetryOptions {
  readonly taskId?: string;
  readonly fromTask?: string;
  readonly reason: string;
}

/** A change of a request; what is left out stays as it was. */
export type WorkflowRevision = Pick<
  ReviseWorkflowRequest,
  'planHash' | 'description' | 'parameters' | 'reason'
>;

/** What the list of incidents can be narrowed by. */
export interface IncidentQuery {
  readonly status?: IncidentStatus | 'unresolved';
  readonly severity?: IncidentSeverity;
  readonly source?: IncidentSource;
  readonly workflowId?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

/** What is done about an incident with some words to it. */
export type IncidentStep = 'comment' | 'mitigate' | 'resolve';

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
  /** Retries what failed, or everything from a task on. */
  retryWorkflow(workflowId: string, options: RetryOptions): Promise<void>;
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
  /** What waits for the signed-in person first, then the rest they may see. */
  getApprovalInbox(query: InboxQuery): Promise<ApprovalInbox>;
  /** One page of approvals, newest first. */
  listApprovals(query: ApprovalQuery): Promise<ApprovalPage>;
  getApproval(approvalId: string): Promise<Approval>;
  decideApproval(approvalId: string, answer: ApprovalAnswer): Promise<void>;
  /** Notes that the signed-in person has an approval on the screen, or its details. */
  seeApproval(approvalId: string, details: boolean): Promise<void>;
  /** How decisions came about in the last days. */
  getApprovalStatistics(days: number): Promise<ApprovalStatistics>;
  /** Changes what was asked for, while nothing has been carried out. */
  reviseWorkflow(
    workflowId: string,
    request: WorkflowRevision,
  ): Promise<PlanRevision>;
  /** The versions of a plan, oldest first. */
  listPlanVersions(workflowId: string): Promise<readonly PlanVersion[]>;
  comparePlanVersions(
    workflowId: string,
    versions: { from: number; to: number },
  ): Promise<PlanComparison>;
  listDeployments(service: string): Promise<readonly DeploymentView[]>;
  stopDeployment(deploymentId: string, reason: string): Promise<void>;
  /** Where the reader may ask for work, and why not elsewhere. */
  listEnvironments(): Promise<readonly EnvironmentView[]>;
  /** What is allowed and what is used, as far as the reader may see; of one run when it is named. */
  getLimits(workflowId?: string): Promise<LimitsReport>;
  /** Looks what nobody needs any more. Removes nothing. */
  reportSweep(): Promise<SweepReport>;
  /** Removes exactly what the report with this digest says; answers while it is under way. */
  runSweep(reportDigest: string, reason: string): Promise<SweepRun>;
  /** What was swept, newest first. */
  listSweeps(): Promise<readonly SweepRun[]>;
  /** Tries again to undo what could not be undone. */
  undoEffect(
    workflowId: string,
    effectId: string,
    reason: string,
  ): Promise<UndoEffectResponse>;
  /** What may be said of every secret; there is no way to a value. */
  listSecrets(): Promise<SecretList>;
  /** Who used which secret, newest first; before an entry when one is named. */
  listSecretAccess(query: { before?: number }): Promise<SecretAccessLog>;
  listAgents(): Promise<readonly AgentHealth[]>;
  /** What is stopped now, and the latest stops that were released. */
  getKillSwitch(): Promise<KillSwitchState>;
  /** Stops one agent, or all when none is named. */
  stopAgents(order: { agent?: string; reason: string }): Promise<void>;
  /** Lets one agent, or all when none is named, go on where it was held. */
  releaseAgents(order: { agent?: string; reason: string }): Promise<void>;
  /** What the framework leans on, and how it is doing. */
  getHealthDetails(): Promise<HealthDetails>;
  /** One page of incidents, newest first, and how many are not resolved. */
  listIncidents(query: IncidentQuery): Promise<IncidentPage>;
  getIncident(incidentId: string): Promise<IncidentDetails>;
  openIncident(request: OpenIncidentRequest): Promise<IncidentDetails>;
  /** Says that the signed-in person looks at it. */
  acknowledgeIncident(incidentId: string): Promise<IncidentDetails>;
  /** Says who leads and who helps. */
  assignIncident(
    incidentId: string,
    wish: AssignIncidentRequest,
  ): Promise<IncidentDetails>;
  /** Adds a comment, or says that it does no more harm or is over, and why. */
  stepIncident(
    incidentId: string,
    step: IncidentStep,
    text: string,
  ): Promise<IncidentDetails>;
  /** How far an agent is let, and how it came by it. */
  getAgentLanes(agentId: string): Promise<AgentLanes>;
  /** Promotes an agent one rung, with evidence, or demotes it. */
  changeAgentLane(
    agentId: string,
    change: ChangeLaneRequest,
  ): Promise<AgentLanes>;
  /** One page of the audit log, newest first, without payloads. */
  searchAudit(
    query: AuditFilter & { limit?: number; cursor?: string },
  ): Promise<AuditPage>;
  getAuditEntry(chain: string, seq: number): Promise<AuditEntry>;
  /** Everything that fits, as a file. */
  exportAudit(filter: AuditFilter, format: 'ndjson' | 'csv'): Promise<Blob>;
  /** The change record of a workflow, as `agentic-verify` reads it. */
  getRecord(workflowId: string): Promise<Blob>;
  verifyChain(chain: string): Promise<RecordVerification>;
}

/** The API of the agentic backend. */
export const agenticApiRef = createApiRef<AgenticApi>().with({
  id: 'plugin.agentic.client',
  pluginId: 'agentic',
});
