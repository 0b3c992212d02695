import type {
  ArtifactFileContent,
  CreateWorkflowResponse,
  DeploymentView,
  EnvironmentList,
  EnvironmentView,
  PlanComparison,
  PlanPreview,
  PlanRevision,
  PlanVersion,
  PlanVersionList,
  Workflow,
  WorkflowEvent,
  WorkflowPage,
} from '@agentic-backstage/plugin-agentic-common';
import type {
  RetryOptions,
  WorkflowControl,
  WorkflowQuery,
  WorkflowRequest,
  WorkflowRevision,
} from './AgenticApi';
import { withQuery, segment, type HttpCalls } from './HttpCalls';
import { readEventStream } from './readEventStream';

/** Requests and what becomes of them. */
export function workflowCalls(http: HttpCalls) {
  return {
    async createWorkflow(
      request: WorkflowRequest,
    ): Promise<CreateWorkflowResponse> {
      return http.post('/workflows', request);
    },

    async previewWorkflow(request: WorkflowRequest): Promise<PlanPreview> {
      // A preview is not stored, so it must not spend the key of the real request; it shows what there is.
      const { idempotencyKey, expectedPlanHash, ...rest } = request;
      return http.post('/workflows', { ...rest, dryRun: true });
    },

    async listWorkflows(query: WorkflowQuery): Promise<WorkflowPage> {
      return http.get(withQuery('/workflows', { ...query }));
    },

    async getWorkflow(workflowId: string): Promise<Workflow> {
      return http.get(`/workflows/${segment(workflowId)}`);
    },

    async controlWorkflow(
      workflowId: string,
      control: WorkflowControl,
      reason: string,
    ): Promise<void> {
      await http.send(`/workflows/${segment(workflowId)}/${control}`, {
        reason,
      });
    },

    async retryWorkflow(
      workflowId: string,
      options: RetryOptions,
    ): Promise<void> {
      await http.send(`/workflows/${segment(workflowId)}/retry`, options);
    },

    async reviseWorkflow(
      workflowId: string,
      request: WorkflowRevision,
    ): Promise<PlanRevision> {
      return http.post(`/workflows/${segment(workflowId)}/revise`, request);
    },

    async listPlanVersions(
      workflowId: string,
    ): Promise<readonly PlanVersion[]> {
      const answer = await http.get<PlanVersionList>(
        `/workflows/${segment(workflowId)}/plans`,
      );
      return answer.items;
    },

    async comparePlanVersions(
      workflowId: string,
      versions: { from: number; to: number },
    ): Promise<PlanComparison> {
      return http.get(
        withQuery(
          `/workflows/${segment(workflowId)}/plans/difference`,
          versions,
        ),
      );
    },

    async listEvents(
      workflowId: string,
      options: { after: number },
    ): Promise<readonly WorkflowEvent[]> {
      const answer = await http.get<{ items: WorkflowEvent[] }>(
        withQuery(`/workflows/${segment(workflowId)}/events`, {
          after: options.after,
        }),
      );
      return answer.items;
    },

    async *streamEvents(
      workflowId: string,
      options: { after: number; signal: AbortSignal },
    ): AsyncGenerator<WorkflowEvent> {
      const path = withQuery(`/workflows/${segment(workflowId)}/events`, {
        after: options.after || undefined,
      });
      const response = await http.request(path, {
        signal: options.signal,
        headers: {
          Accept: 'text/event-stream',
          ...(options.after ? { 'Last-Event-ID': String(options.after) } : {}),
        },
      });
      if (response.body) {
        yield* readEventStream(response.body);
      }
    },

    async getFile(options: {
      workflowId: string;
      artifactId: string;
      path: string;
    }): Promise<ArtifactFileContent> {
      const { workflowId, artifactId, path } = options;
      return http.get(
        withQuery(
          `/workflows/${segment(workflowId)}/files/${segment(artifactId)}`,
          { path },
        ),
      );
    },

    async listDeployments(service: string): Promise<readonly DeploymentView[]> {
      const answer = await http.get<{ items: DeploymentView[] }>(
        withQuery('/deployments', { service }),
      );
      return answer.items;
    },

    async stopDeployment(deploymentId: string, reason: string): Promise<void> {
      await http.send(`/deployments/${segment(deploymentId)}/stop`, { reason });
    },

    async listEnvironments(): Promise<readonly EnvironmentView[]> {
      const answer = await http.get<EnvironmentList>('/environments');
      return answer.items;
    },
  };
}
