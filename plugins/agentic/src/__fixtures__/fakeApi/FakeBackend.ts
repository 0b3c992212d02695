import type {
  AgentHealth,
  AgentLanes,
  ApprovalInbox,
  ApprovalStatistics,
  ArtifactFileContent,
  AuditEntry,
  DeploymentView,
  HealthDetails,
  IncidentDetails,
  KillSwitchState,
  EnvironmentView,
  LimitsReport,
  PlanPreview,
  PlanVersion,
  RecordVerification,
  Workflow,
  WorkflowEvent,
  WorkflowSummary,
  SecretAccessEntry,
  SecretList,
  SweepReport,
  SweepRun,
  UndoEffectResponse,
} from '@agentic-backstage/plugin-agentic-common';
import type {
  AgenticApi,
} from '../../api/AgenticApi';

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
  readonly incidents?: readonly IncidentDetails[];
  readonly environments?: readonly EnvironmentView[];
  /** Agents without an entry here have never been promoted. */
  readonly lanes?: readonly AgentLanes[];
  readonly audit?: readonly AuditEntry[];
  readonly verification?: Partial<RecordVerification>;
  /** In place of the one that is made from the open approvals. */
  readonly inbox?: Partial<ApprovalInbox>;
  readonly planVersions?: readonly PlanVersion[];
  /** Answers in place of the plan, in order; an error is thrown. */
  readonly previews?: readonly (PlanPreview | Error)[];
}

/** A request that was made to the fake backend, in order of arrival. */
export interface RecordedRequest {
  readonly method: keyof AgenticApi;
  readonly details: unknown;
}

/** The part that all subjects share: what it holds, what was asked of it, and what it fails at. */
export class FakeBackend {
  readonly requests: RecordedRequest[] = [];
  readonly #failures = new Map<keyof AgenticApi, Error>();

  constructor(protected readonly state: FakeAgenticState = {}) {}

  /** Lets every later call of a method fail, until cleared with undefined. */
  failWith(method: keyof AgenticApi, error: Error | undefined): void {
    if (error) {
      this.#failures.set(method, error);
    } else {
      this.#failures.delete(method);
    }
  }

  /** The details of every call of one method. */
  requestsOf(method: keyof AgenticApi): unknown[] {
    return this.requests
      .filter(request => request.method === method)
      .map(request => request.details);
  }

  protected record(method: keyof AgenticApi, details: unknown): void {
    this.requests.push({ method, details });
    const failure = this.#failures.get(method);
    if (failure) {
      throw failure;
    }
  }
}
