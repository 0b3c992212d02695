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
  LaneChange,
  CreateWorkflowResponse,
  DeploymentView,
  HealthDetails,
  KillSwitchState,
  EnvironmentView,
  LimitsReport,
  PlanPreview,
  PlanRevision,
  RecordVerification,
  Workflow,
  WorkflowEvent,
  WorkflowPage,
  WorkflowSummary,
  SecretAccessEntry,
  SecretAccessLog,
  SecretList,
  SweepReport,
  SweepRun,
  UndoEffectResponse,
} from '@agentic-backstage/plugin-agentic-common';
import { aSweepReport, aSweepRun } from './sampleSweeps';
import { AgenticRequestError } from '../api/AgenticRequestError';
import type {
  AgenticApi,
  ApprovalAnswer,
  ApprovalQuery,
  WorkflowControl,
  WorkflowQuery,
  WorkflowRequest,
  WorkflowRevision,
} from '../api/AgenticApi';
import { aHealth } from './sampleAgents';
import { aRevision, noStatistics } from './sampleApprovals';
import { aPlan } from './sampleDomain';

/** What the fake backend holds at the start. */
export interface FakeAgenticState {
  readonly workflows?: readonly Workflow[];
  readonly summaries?: readonly WorkflowSummary[];
  readonly events?: readonly WorkflowEvent[];
  readonly files?: Readonly<Record<string, Partial<ArtifactFileContent>>>;
  readonly deployments?: readonly DeploymentView[];
  readonly limits?: LimitsReport;
  readonly secrets?: SecretList;
  readonly secretAccess?: readonly SecretAccessEntry[];
  /** Says that there are older entries before this one. */
  readonly secretAccessBefore?: number;
  readonly sweepReport?: SweepReport;
  readonly sweeps?: readonly SweepRun[];
  readonly undoAnswer?: UndoEffectResponse;
  readonly agents?: readonly AgentHealth[];
  readonly statistics?: ApprovalStatistics;
  readonly killSwitch?: KillSwitchState;
  readonly health?: HealthDetails;
  readonly environments?: readonly EnvironmentView[];
  /** Agents without an entry here have never been promoted. */
  readonly lanes?: readonly AgentLanes[];
  readonly audit?: readonly AuditEntry[];
  readonly verification?: Partial<RecordVerification>;
  /** Answers in place of the plan, in order; an error is thrown. */
  readonly previews?: readonly (PlanPreview | Error)[];
}

/** A request that was made to the fake backend, in order of arrival. */
export interface RecordedRequest {
  readonly method: keyof AgenticApi;
  readonly details: unknown;
}

/** An agentic backend in memory with an event stream that tests push to and cut. */
export class FakeAgenticApi implements AgenticApi {
  readonly requests: RecordedRequest[] = [];
  #workflows: Workflow[];
  readonly #sweeps: SweepRun[];
  #events: WorkflowEvent[];
  #wakeStreams = new Set<() => void>();
  #failures = new Map<keyof AgenticApi, Error>();
  #cuts = 0;
  readonly #lanesOf = new Map<string, AgentLanes>();
  readonly #previews: (PlanPreview | Error)[];

  constructor(private readonly state: FakeAgenticState = {}) {
    this.#workflows = [...(state.workflows ?? [])];
    this.#sweeps = [...(state.sweeps ?? [])];
    this.#events = [...(state.events ?? [])];
    this.#previews = [...(state.previews ?? [])];
  }

  /** Lets every later call of a method fail, until cleared with undefined. */
  failWith(method: keyof AgenticApi, error: Error | undefined): void {
    if (error) {
      this.#failures.set(method, error);
    } else {
      this.#failures.delete(method);
    }
  }

  /** Changes a workflow as the backend would, without telling anybody. */
  changeWorkflow(workflowId: string, change: Partial<Workflow>): void {
    this.#workflows = this.#workflows.map(workflow =>
      workflow.workflowId === workflowId
        ? { ...workflow, ...change }
        : workflow,
    );
  }

  /** Appends events and delivers them to open streams. */
  emit(...events: WorkflowEvent[]): void {
    this.#events.push(...events);
    this.#wakeStreams.forEach(wake => wake());
  }

  /** Ends every open stream, as a lost connection does. */
  cutStreams(): void {
    this.#cuts += 1;
    this.#wakeStreams.forEach(wake => wake());
  }

  /** The details of every call of one method. */
  requestsOf(method: keyof AgenticApi): unknown[] {
    return this.requests
      .filter(request => request.method === method)
      .map(request => request.details);
  }

  async createWorkflow(
    request: WorkflowRequest,
  ): Promise<CreateWorkflowResponse> {
    this.#record('createWorkflow', request);
    return {
      workflowId: 'wf-1',
      status: 'in_progress',
      phase: 'planning',
      tasks: [],
    };
  }

  async previewWorkflow(request: WorkflowRequest): Promise<PlanPreview> {
    this.#record('previewWorkflow', request);
    const answer = this.#previews.shift() ?? { plan: aPlan() };
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  }

  async listWorkflows(query: WorkflowQuery): Promise<WorkflowPage> {
    this.#record('listWorkflows', query);
    const all = (this.state.summaries ?? this.#workflows).filter(
      ({ serviceName, environment, status, requestedBy }) =>
        (!query.service || serviceName.includes(query.service)) &&
        (!query.environment || environment === query.environment) &&
        (!query.status || status === query.status) &&
        (!query.requestedBy || requestedBy === query.requestedBy),
    );
    const from = Number(query.cursor ?? 0);
    const to = from + (query.limit ?? 20);
    return {
      items: all.slice(from, to),
      totalItems: all.length,
      ...(to < all.length ? { nextCursor: String(to) } : {}),
    };
  }

  async getWorkflow(workflowId: string): Promise<Workflow> {
    this.#record('getWorkflow', workflowId);
    const found = this.#workflows.find(
      workflow => workflow.workflowId === workflowId,
    );
    if (!found) {
      throw new AgenticRequestError({
        name: 'NotFoundError',
        message: `There is no workflow ${workflowId}`,
        status: 404,
      });
    }
    return found;
  }

  async controlWorkflow(
    workflowId: string,
    control: WorkflowControl,
    reason: string,
  ): Promise<void> {
    this.#record('controlWorkflow', { workflowId, control, reason });
  }

  async retryWorkflow(
    workflowId: string,
    options: { taskId?: string; reason: string },
  ): Promise<void> {
    this.#record('retryWorkflow', { workflowId, ...options });
  }

  async listEvents(
    _workflowId: string,
    options: { after: number },
  ): Promise<readonly WorkflowEvent[]> {
    this.#record('listEvents', options);
    return this.#events.filter(event => event.seq > options.after);
  }

  async *streamEvents(
    workflowId: string,
    options: { after: number; signal: AbortSignal },
  ): AsyncGenerator<WorkflowEvent> {
    this.#record('streamEvents', { workflowId, after: options.after });
    const cutsAtStart = this.#cuts;
    let position = 0;
    while (!options.signal.aborted && this.#cuts === cutsAtStart) {
      while (position < this.#events.length) {
        const event = this.#events[position];
        position += 1;
        if (event.seq > options.after) {
          yield event;
        }
      }
      await new Promise<void>(resolve => {
        const wake = () => {
          this.#wakeStreams.delete(wake);
          resolve();
        };
        this.#wakeStreams.add(wake);
        options.signal.addEventListener('abort', wake, { once: true });
      });
    }
  }

  async getFile(options: {
    workflowId: string;
    artifactId: string;
    path: string;
  }): Promise<ArtifactFileContent> {
    this.#record('getFile', options);
    return {
      path: options.path,
      size: 10,
      digest: 'e5'.repeat(32),
      executable: false,
      content: `content of ${options.path}\n`,
      ...this.state.files?.[options.path],
    };
  }

  async listApprovals(query: ApprovalQuery): Promise<ApprovalPage> {
    this.#record('listApprovals', query);
    const all = this.#workflows
      .flatMap(workflow => workflow.approvals)
      .filter(
        ({ status, workflowId }) =>
          (!query.status || status === query.status) &&
          (!query.workflowId || workflowId === query.workflowId),
      );
    const from = Number(query.cursor ?? 0);
    const to = from + (query.limit ?? 50);
    return {
      items: all.slice(from, to),
      totalItems: all.length,
      ...(to < all.length ? { nextCursor: String(to) } : {}),
    };
  }

  async seeApproval(approvalId: string, details: boolean): Promise<void> {
    this.#record('seeApproval', { approvalId, details });
  }

  async getApprovalStatistics(days: number): Promise<ApprovalStatistics> {
    this.#record('getApprovalStatistics', days);
    return this.state.statistics ?? noStatistics();
  }

  async reviseWorkflow(
    workflowId: string,
    request: WorkflowRevision,
  ): Promise<PlanRevision> {
    this.#record('reviseWorkflow', { workflowId, ...request });
    return aRevision({ reason: request.reason });
  }

  async getApproval(approvalId: string): Promise<Approval> {
    this.#record('getApproval', approvalId);
    const found = this.#workflows
      .flatMap(workflow => workflow.approvals)
      .find(approval => approval.approvalId === approvalId);
    if (!found) {
      throw new AgenticRequestError({
        name: 'NotFoundError',
        message: `There is no approval ${approvalId}`,
        status: 404,
      });
    }
    return found;
  }

  async decideApproval(
    approvalId: string,
    answer: ApprovalAnswer,
  ): Promise<void> {
    this.#record('decideApproval', { approvalId, ...answer });
  }

  async listDeployments(service: string): Promise<readonly DeploymentView[]> {
    this.#record('listDeployments', service);
    return this.state.deployments ?? [];
  }

  async stopDeployment(deploymentId: string, reason: string): Promise<void> {
    this.#record('stopDeployment', { deploymentId, reason });
  }

  async listEnvironments(): Promise<readonly EnvironmentView[]> {
    this.#record('listEnvironments', undefined);
    return this.state.environments ?? [];
  }

  async getLimits(workflowId?: string): Promise<LimitsReport> {
    this.#record('getLimits', workflowId);
    return this.state.limits ?? { currency: 'USD', items: [] };
  }

  async listSecrets(): Promise<SecretList> {
    this.#record('listSecrets', undefined);
    return this.state.secrets ?? { stores: [], secrets: [] };
  }

  async listSecretAccess(query: { before?: number }): Promise<SecretAccessLog> {
    this.#record('listSecretAccess', query);
    return {
      entries: [...(this.state.secretAccess ?? [])],
      before: this.state.secretAccessBefore,
    };
  }

  async reportSweep(): Promise<SweepReport> {
    this.#record('reportSweep', undefined);
    return this.state.sweepReport ?? aSweepReport();
  }

  async runSweep(reportDigest: string, reason: string): Promise<SweepRun> {
    this.#record('runSweep', { reportDigest, reason });
    const run = aSweepRun({ reportDigest });
    this.#sweeps.unshift(run);
    return run;
  }

  async listSweeps(): Promise<readonly SweepRun[]> {
    this.#record('listSweeps', undefined);
    return [...this.#sweeps];
  }

  async undoEffect(
    workflowId: string,
    effectId: string,
    reason: string,
  ): Promise<UndoEffectResponse> {
    this.#record('undoEffect', { workflowId, effectId, reason });
    return (
      this.state.undoAnswer ?? {
        effectId,
        undone: true,
        evidence: 'It is gone',
      }
    );
  }

  async listAgents(): Promise<readonly AgentHealth[]> {
    this.#record('listAgents', undefined);
    return this.state.agents ?? [];
  }

  async getAgentLanes(agentId: string): Promise<AgentLanes> {
    this.#record('getAgentLanes', agentId);
    return this.#lanes(agentId);
  }

  async changeAgentLane(
    agentId: string,
    wish: ChangeLaneRequest,
  ): Promise<AgentLanes> {
    this.#record('changeAgentLane', { agentId, ...wish });
    const before = this.#lanes(agentId);
    const change: LaneChange = {
      seq: before.changes.length + 1,
      from: before.promoted,
      to: wish.lane,
      source: 'person',
      changedBy: 'user:default/ada',
      reason: wish.reason,
      agentVersion: '1.0.0',
      at: '2026-01-01T12:00:00.000Z',
    };
    const after: AgentLanes = {
      ...before,
      promoted: wish.lane,
      effective: wish.lane,
      next: undefined,
      changes: [change, ...before.changes],
    };
    this.#lanesOf.set(agentId, after);
    return after;
  }

  async searchAudit(
    query: AuditFilter & { limit?: number; cursor?: string },
  ): Promise<AuditPage> {
    this.#record('searchAudit', query);
    const all = (this.state.audit ?? []).filter(
      entry => !query.kind || entry.kind.startsWith(query.kind),
    );
    const from = Number(query.cursor ?? 0);
    const to = from + (query.limit ?? 50);
    return {
      items: all.slice(from, to),
      ...(to < all.length ? { nextCursor: String(to) } : {}),
    };
  }

  async getAuditEntry(chain: string, seq: number): Promise<AuditEntry> {
    this.#record('getAuditEntry', { chain, seq });
    const found = this.state.audit?.find(
      entry => entry.chain === chain && entry.seq === seq,
    );
    if (!found) {
      throw new AgenticRequestError({
        name: 'NotFoundError',
        message: `There is no entry ${seq} of ${chain}`,
        status: 404,
      });
    }
    return found;
  }

  async exportAudit(
    filter: AuditFilter,
    format: 'ndjson' | 'csv',
  ): Promise<Blob> {
    this.#record('exportAudit', { ...filter, format });
    return new Blob(['exported']);
  }

  async getRecord(workflowId: string): Promise<Blob> {
    this.#record('getRecord', workflowId);
    return new Blob(['{}']);
  }

  async verifyChain(chain: string): Promise<RecordVerification> {
    this.#record('verifyChain', chain);
    return {
      chain,
      status: 'intact',
      entries: 12,
      erasedPayloads: 0,
      head: { seq: 12, hash: 'f'.repeat(64) },
      problems: [],
      checkedAt: '2026-01-01T12:00:00.000Z',
      ...this.state.verification,
    };
  }

  #lanes(agentId: string): AgentLanes {
    return (
      this.#lanesOf.get(agentId) ??
      this.state.lanes?.find(({ agent }) => agent === agentId) ?? {
        agent: agentId,
        declared: 'execute',
        promoted: 'read_only',
        effective: 'read_only',
        next: 'dry_run',
        changes: [],
      }
    );
  }

  async getKillSwitch(): Promise<KillSwitchState> {
    this.#record('getKillSwitch', undefined);
    return this.state.killSwitch ?? { engaged: [], released: [] };
  }

  async stopAgents(order: { agent?: string; reason: string }): Promise<void> {
    this.#record('stopAgents', order);
  }

  async releaseAgents(order: {
    agent?: string;
    reason: string;
  }): Promise<void> {
    this.#record('releaseAgents', order);
  }

  async getHealthDetails(): Promise<HealthDetails> {
    this.#record('getHealthDetails', undefined);
    return this.state.health ?? aHealth();
  }

  #record(method: keyof AgenticApi, details: unknown): void {
    this.requests.push({ method, details });
    const failure = this.#failures.get(method);
    if (failure) {
      throw failure;
    }
  }
}
