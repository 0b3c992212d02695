import type {
  ArtifactFileContent,
  CreateWorkflowResponse,
  DeploymentView,
  EnvironmentView,
  PlanComparison,
  PlanPreview,
  PlanRevision,
  PlanVersion,
  Workflow,
  WorkflowEvent,
  WorkflowPage,
} from '@agentic-backstage/plugin-agentic-common';
import { AgenticRequestError } from '../../api/AgenticRequestError';
import type {
  RetryOptions,
  WorkflowControl,
  WorkflowQuery,
  WorkflowRequest,
  WorkflowRevision,
} from '../../api/AgenticApi';
import { aPlan } from '../sampleDomain';
import { aRevision } from '../sampleApprovals';
import { FakeBackend, type FakeAgenticState } from './FakeBackend';

/** Requests, workflows with an event stream that tests push to and cut, and what came of them. */
export class FakeWorkflows extends FakeBackend {
  protected workflows: Workflow[];
  readonly #events: WorkflowEvent[];
  readonly #wakeStreams = new Set<() => void>();
  #cuts = 0;
  readonly #previews: (PlanPreview | Error)[];

  constructor(state: FakeAgenticState = {}) {
    super(state);
    this.workflows = [...(state.workflows ?? [])];
    this.#events = [...(state.events ?? [])];
    this.#previews = [...(state.previews ?? [])];
  }

  /** Changes a workflow as the backend would, without telling anybody. */
  changeWorkflow(workflowId: string, change: Partial<Workflow>): void {
    this.workflows = this.workflows.map(workflow =>
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

  async createWorkflow(
    request: WorkflowRequest,
  ): Promise<CreateWorkflowResponse> {
    this.record('createWorkflow', request);
    return {
      workflowId: 'wf-1',
      status: 'in_progress',
      phase: 'planning',
      tasks: [],
    };
  }

  async previewWorkflow(request: WorkflowRequest): Promise<PlanPreview> {
    this.record('previewWorkflow', request);
    const answer = this.#previews.shift() ?? { plan: aPlan() };
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  }

  async listWorkflows(query: WorkflowQuery): Promise<WorkflowPage> {
    this.record('listWorkflows', query);
    const all = (this.state.summaries ?? this.workflows).filter(
      ({ serviceName, environment, status, requestedBy, owner }) =>
        (!query.service || serviceName.includes(query.service)) &&
        (!query.environment || environment === query.environment) &&
        (!query.status || status === query.status) &&
        (!query.requestedBy || requestedBy === query.requestedBy) &&
        (!query.owner || query.owner.includes(owner ?? '')),
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
    this.record('getWorkflow', workflowId);
    const found = this.workflows.find(
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
    this.record('controlWorkflow', { workflowId, control, reason });
  }

  async retryWorkflow(
    workflowId: string,
    options: RetryOptions,
  ): Promise<void> {
    this.record('retryWorkflow', { workflowId, ...options });
  }

  async reviseWorkflow(
    workflowId: string,
    request: WorkflowRevision,
  ): Promise<PlanRevision> {
    this.record('reviseWorkflow', { workflowId, ...request });
    return aRevision({ reason: request.reason });
  }

  async listPlanVersions(workflowId: string): Promise<readonly PlanVersion[]> {
    this.record('listPlanVersions', workflowId);
    return this.state.planVersions ?? [];
  }

  async comparePlanVersions(
    workflowId: string,
    { from, to }: { from: number; to: number },
  ): Promise<PlanComparison> {
    this.record('comparePlanVersions', { workflowId, from, to });
    return {
      from,
      to,
      difference: aRevision().difference,
      steps: (this.state.planVersions ?? []).filter(
        ({ version }) => version > from && version <= to,
      ),
    };
  }

  async listEvents(
    _workflowId: string,
    options: { after: number },
  ): Promise<readonly WorkflowEvent[]> {
    this.record('listEvents', options);
    return this.#events.filter(event => event.seq > options.after);
  }

  async *streamEvents(
    workflowId: string,
    options: { after: number; signal: AbortSignal },
  ): AsyncGenerator<WorkflowEvent> {
    this.record('streamEvents', { workflowId, after: options.after });
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
    this.record('getFile', options);
    return {
      path: options.path,
      size: 10,
      digest: 'e5'.repeat(32),
      executable: false,
      content: `content of ${options.path}\n`,
      ...this.state.files?.[options.path],
    };
  }

  async listDeployments(service: string): Promise<readonly DeploymentView[]> {
    this.record('listDeployments', service);
    return this.state.deployments ?? [];
  }

  async stopDeployment(deploymentId: string, reason: string): Promise<void> {
    this.record('stopDeployment', { deploymentId, reason });
  }

  async listEnvironments(): Promise<readonly EnvironmentView[]> {
    this.record('listEnvironments', undefined);
    return this.state.environments ?? [];
  }
}
