import type {
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
  CreateWorkflowResponse,
  DeploymentView,
  HealthDetails,
  KillSwitchState,
  EnvironmentList,
  EnvironmentView,
  LimitsReport,
  PlanPreview,
  PlanRevision,
  RecordVerification,
  Workflow,
  WorkflowEvent,
  WorkflowPage,
  SecretAccessLog,
  SecretList,
  SweepReport,
  SweepRun,
  UndoEffectResponse,
} from '@agentic-backstage/plugin-agentic-common';
import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import type {
  AgenticApi,
  ApprovalAnswer,
  ApprovalQuery,
  WorkflowControl,
  WorkflowQuery,
  WorkflowRequest,
  WorkflowRevision,
} from './AgenticApi';
import { parseErrorResponse } from './parseErrorResponse';
import { readEventStream } from './readEventStream';

type Query = Readonly<Record<string, string | number | undefined>>;

function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') {
      search.set(key, String(value));
    }
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

const segment = encodeURIComponent;

/** All agents are named in so many words, so that a forgotten id never stops everything. */
function toOrder(order: { agent?: string; reason: string }): object {
  return order.agent === undefined
    ? { all: true, reason: order.reason }
    : { agent: order.agent, reason: order.reason };
}

/** Talks to the agentic backend over HTTP as the signed-in user. */
export class AgenticClient implements AgenticApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  async createWorkflow(
    request: WorkflowRequest,
  ): Promise<CreateWorkflowResponse> {
    return this.#post('/workflows', request);
  }

  async previewWorkflow(request: WorkflowRequest): Promise<PlanPreview> {
    // A preview is not stored, so it must not spend the key of the real request.
    const { idempotencyKey: _, ...rest } = request;
    return this.#post('/workflows', { ...rest, dryRun: true });
  }

  async listWorkflows(query: WorkflowQuery): Promise<WorkflowPage> {
    return this.#get(withQuery('/workflows', { ...query }));
  }

  async getWorkflow(workflowId: string): Promise<Workflow> {
    return this.#get(`/workflows/${segment(workflowId)}`);
  }

  async controlWorkflow(
    workflowId: string,
    control: WorkflowControl,
    reason: string,
  ): Promise<void> {
    await this.#send(`/workflows/${segment(workflowId)}/${control}`, {
      reason,
    });
  }

  async retryWorkflow(
    workflowId: string,
    options: { taskId?: string; reason: string },
  ): Promise<void> {
    await this.#send(`/workflows/${segment(workflowId)}/retry`, options);
  }

  async listEvents(
    workflowId: string,
    options: { after: number },
  ): Promise<readonly WorkflowEvent[]> {
    const answer = await this.#get<{ items: WorkflowEvent[] }>(
      withQuery(`/workflows/${segment(workflowId)}/events`, {
        after: options.after,
      }),
    );
    return answer.items;
  }

  async *streamEvents(
    workflowId: string,
    options: { after: number; signal: AbortSignal },
  ): AsyncGenerator<WorkflowEvent> {
    const path = withQuery(`/workflows/${segment(workflowId)}/events`, {
      after: options.after || undefined,
    });
    const response = await this.#request(path, {
      signal: options.signal,
      headers: {
        Accept: 'text/event-stream',
        ...(options.after ? { 'Last-Event-ID': String(options.after) } : {}),
      },
    });
    if (response.body) {
      yield* readEventStream(response.body);
    }
  }

  async getFile(options: {
    workflowId: string;
    artifactId: string;
    path: string;
  }): Promise<ArtifactFileContent> {
    const { workflowId, artifactId, path } = options;
    return this.#get(
      withQuery(
        `/workflows/${segment(workflowId)}/files/${segment(artifactId)}`,
        { path },
      ),
    );
  }

  async listApprovals(query: ApprovalQuery): Promise<ApprovalPage> {
    return this.#get(withQuery('/approvals', { ...query }));
  }

  async getApproval(approvalId: string): Promise<Approval> {
    return this.#get(`/approvals/${segment(approvalId)}`);
  }

  async decideApproval(
    approvalId: string,
    answer: ApprovalAnswer,
  ): Promise<void> {
    await this.#send(`/approvals/${segment(approvalId)}/decision`, answer);
  }

  async seeApproval(approvalId: string, details: boolean): Promise<void> {
    await this.#send(`/approvals/${segment(approvalId)}/seen`, { details });
  }

  async getApprovalStatistics(days: number): Promise<ApprovalStatistics> {
    return this.#get(withQuery('/approvals/statistics', { days }));
  }

  async reviseWorkflow(
    workflowId: string,
    request: WorkflowRevision,
  ): Promise<PlanRevision> {
    return this.#post(`/workflows/${segment(workflowId)}/revise`, request);
  }

  async listDeployments(service: string): Promise<readonly DeploymentView[]> {
    const answer = await this.#get<{ items: DeploymentView[] }>(
      withQuery('/deployments', { service }),
    );
    return answer.items;
  }

  async stopDeployment(deploymentId: string, reason: string): Promise<void> {
    await this.#send(`/deployments/${segment(deploymentId)}/stop`, { reason });
  }

  async listEnvironments(): Promise<readonly EnvironmentView[]> {
    const answer = await this.#get<EnvironmentList>('/environments');
    return answer.items;
  }

  async getLimits(workflowId?: string): Promise<LimitsReport> {
    return this.#get(withQuery('/limits', { workflowId }));
  }

  async listSecrets(): Promise<SecretList> {
    return this.#get('/secrets');
  }

  async listSecretAccess(query: { before?: number }): Promise<SecretAccessLog> {
    return this.#get(withQuery('/secrets/access', query));
  }

  async reportSweep(): Promise<SweepReport> {
    return this.#post('/sweeper/dry-run', {});
  }

  async runSweep(reportDigest: string, reason: string): Promise<SweepRun> {
    return this.#post('/sweeper/run', { reportDigest, reason });
  }

  async listSweeps(): Promise<readonly SweepRun[]> {
    const answer = await this.#get<{ items: SweepRun[] }>('/sweeper/runs');
    return answer.items;
  }

  async undoEffect(
    workflowId: string,
    effectId: string,
    reason: string,
  ): Promise<UndoEffectResponse> {
    return this.#post(
      `/workflows/${segment(workflowId)}/effects/${segment(effectId)}/undo`,
      { reason },
    );
  }

  async listAgents(): Promise<readonly AgentHealth[]> {
    const answer = await this.#get<{ items: AgentHealth[] }>('/agents');
    return answer.items;
  }

  async getAgentLanes(agentId: string): Promise<AgentLanes> {
    return this.#get(`/agents/${segment(agentId)}/lanes`);
  }

  async changeAgentLane(
    agentId: string,
    change: ChangeLaneRequest,
  ): Promise<AgentLanes> {
    return this.#post(`/agents/${segment(agentId)}/lane`, change);
  }

  async getKillSwitch(): Promise<KillSwitchState> {
    return this.#get('/kill-switch');
  }

  async stopAgents(order: { agent?: string; reason: string }): Promise<void> {
    await this.#send('/kill-switch', toOrder(order));
  }

  async releaseAgents(order: {
    agent?: string;
    reason: string;
  }): Promise<void> {
    await this.#send('/kill-switch/release', toOrder(order));
  }

  async getHealthDetails(): Promise<HealthDetails> {
    return this.#get('/health/details');
  }

  async searchAudit(
    query: AuditFilter & { limit?: number; cursor?: string },
  ): Promise<AuditPage> {
    return this.#get(withQuery('/audit', query));
  }

  async getAuditEntry(chain: string, seq: number): Promise<AuditEntry> {
    return this.#get(`/audit/chains/${segment(chain)}/entries/${seq}`);
  }

  async exportAudit(
    filter: AuditFilter,
    format: 'ndjson' | 'csv',
  ): Promise<Blob> {
    const path = withQuery('/audit/export', { ...filter, format });
    return (await this.#request(path, {})).blob();
  }

  async getRecord(workflowId: string): Promise<Blob> {
    const path = `/workflows/${segment(workflowId)}/record`;
    return (await this.#request(path, {})).blob();
  }

  async verifyChain(chain: string): Promise<RecordVerification> {
    return this.#get(`/audit/chains/${segment(chain)}/verification`);
  }

  async #get<T>(path: string): Promise<T> {
    const response = await this.#request(path, {
      headers: { Accept: 'application/json' },
    });
    return (await response.json()) as T;
  }

  async #post<T>(path: string, body: object): Promise<T> {
    const response = await this.#send(path, body);
    return (await response.json()) as T;
  }

  async #send(path: string, body: object): Promise<Response> {
    return this.#request(path, {
      method: 'POST',
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(body),
    });
  }

  async #request(path: string, init: RequestInit): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('agentic');
    const response = await this.#fetchApi.fetch(`${baseUrl}${path}`, init);
    if (!response.ok) {
      throw await parseErrorResponse(response);
    }
    return response;
  }
}
