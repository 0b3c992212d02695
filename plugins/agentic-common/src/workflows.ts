import { z } from 'zod';
import { Approval } from './approvals';
import { Artifact } from './artifacts';
import { CriticVerdict } from './critic';
import { Effect } from './effects';
import { Plan } from './plan';
import { FieldChange, PlanDifference } from './planDifference';
import { TaskStatus, WorkflowPhase, WorkflowStatus } from './states';

/** The longest free text a request may carry, in characters. */
export const MAX_DESCRIPTION_LENGTH = 4000;

/** What a template form or an API caller may fill in. Unknown fields are refused by name. */
export const WorkflowParameters = z
  .object({
    serviceName: z.string().max(300),
    description: z.string().max(MAX_DESCRIPTION_LENGTH),
    owner: z.string().max(200),
    language: z.string().max(40),
    pattern: z.string().max(40),
    database: z.string().max(40),
    environment: z.string().max(40),
    port: z.number().int().min(1024).max(65535),
    highAvailability: z.boolean(),
    monthlyBudget: z.number().nonnegative(),
    cloudProvider: z.string().max(40),
  })
  .partial()
  .strict();
export type WorkflowParameters = z.infer<typeof WorkflowParameters>;

/** Body of `POST /workflows`. Give free text, a template with parameters, or both; the form wins over the words. */
export const CreateWorkflowRequest = z
  .object({
    requestedBy: z.string().max(200).optional(),
    template: z.string().max(100).optional(),
    description: z.string().max(MAX_DESCRIPTION_LENGTH).optional(),
    parameters: WorkflowParameters.default({}),
    /** Why this change is made now, where the environment asks for it. */
    changeReason: z.string().max(500).optional(),
    /** Plan only: answers the plan and stores nothing. */
    dryRun: z.boolean().default(false),
    /** The same key from the same person answers the same workflow instead of making a second one. */
    idempotencyKey: z.string().min(1).max(200).optional(),
    /** The hash of the plan the person was shown: any other plan is refused with 409, {@link PlanNotShown}. */
    expectedPlanHash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  })
  .strict();
export type CreateWorkflowRequest = z.infer<typeof CreateWorkflowRequest>;

/** One thing wrong with a request: which field, what, and what to do. */
export const Problem = z.object({
  field: z.string(),
  message: z.string(),
  remedy: z.string(),
});
export type Problem = z.infer<typeof Problem>;

/** Something the planner will not guess. */
export const Question = z.object({
  field: z.string(),
  question: z.string(),
  options: z.array(z.string()),
});
export type Question = z.infer<typeof Question>;

/**
 * What the error of a 409 carries besides its message when the plan is not the one that was shown:
 * the plan as it is now, and which of the understood fields are not what they were, where the
 * preview is still on record.
 */
export const PlanNotShown = z.object({
  plan: Plan,
  changes: z.array(FieldChange).optional(),
});
export type PlanNotShown = z.infer<typeof PlanNotShown>;

/** One task as the HTTP API shows it. Durations are text such as `2m` or `5m32s`. */
export const TaskView = z.object({
  taskId: z.string(),
  agent: z.string(),
  title: z.string(),
  goal: z.string(),
  status: TaskStatus,
  dependsOn: z.array(z.string()),
  priority: z.number(),
  estimatedDuration: z.string(),
  attempt: z.number().int().nonnegative(),
  maxAttempts: z.number().int(),
  startedAt: z.string().optional(),
  completedAt: z.string().optional(),
  duration: z.string().optional(),
  /** Why it does not go on now although nothing is wrong with it, for example because its agent was stopped. */
  heldBecause: z.string().optional(),
  /** When the next attempt starts, while one is waiting. */
  retryAt: z.string().optional(),
  error: z.string().optional(),
  output: z.record(z.string(), z.unknown()).optional(),
  /** What the critic said last, about its effects or its output. */
  critic: CriticVerdict.optional(),
});
export type TaskView = z.infer<typeof TaskView>;

/** Answer of `POST /workflows`. */
export const CreateWorkflowResponse = z.object({
  workflowId: z.string(),
  status: WorkflowStatus,
  phase: WorkflowPhase,
  tasks: z.array(TaskView),
});
export type CreateWorkflowResponse = z.infer<typeof CreateWorkflowResponse>;

/** One row of the list of workflows. */
export const WorkflowSummary = z.object({
  workflowId: z.string(),
  status: WorkflowStatus,
  phase: WorkflowPhase,
  requestedBy: z.string(),
  /** Entity ref of who owns the service. */
  owner: z.string().optional(),
  template: z.string(),
  serviceName: z.string(),
  environment: z.string(),
  entityRef: z.string().optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
  completedAt: z.string().optional(),
  duration: z.string().optional(),
  tasksTotal: z.number().int(),
  tasksCompleted: z.number().int(),
  error: z.string().optional(),
});
export type WorkflowSummary = z.infer<typeof WorkflowSummary>;

/** What the reader may do to the workflow right now, so that the UI offers nothing it will be refused. */
export const WorkflowControls = z.object({
  pause: z.boolean(),
  resume: z.boolean(),
  cancel: z.boolean(),
  retry: z.boolean(),
  /** Start again from a task of one's choice: also after it was cancelled. */
  retryFrom: z.boolean().optional(),
  /** Change the request: for its requester, while nothing has been carried out. */
  revise: z.boolean().optional(),
});
export type WorkflowControls = z.infer<typeof WorkflowControls>;

/** A version of a service that was started, and where it answers. */
export const DeploymentView = z.object({
  deploymentId: z.string(),
  workflowId: z.string(),
  serviceName: z.string(),
  environment: z.string(),
  version: z.string(),
  target: z.string(),
  /** What the target says about isolation, for example `not isolated`. */
  isolation: z.string(),
  status: z.enum([
    'deploying',
    'running',
    'failed',
    'unknown',
    'stopped',
    'rolled_back',
  ]),
  url: z.string().optional(),
  startedAt: z.string(),
  stoppedAt: z.string().optional(),
});
export type DeploymentView = z.infer<typeof DeploymentView>;

/** One change of the request of a workflow: the plan version it led to, who made it, and what differs. */
export const PlanRevision = z.object({
  version: z.number().int(),
  planHash: z.string(),
  revisedBy: z.string(),
  reason: z.string(),
  revisedAt: z.string(),
  difference: PlanDifference,
});
export type PlanRevision = z.infer<typeof PlanRevision>;

/** Answer of `GET /workflows/:id` with all that the workflow page shows. */
export const Workflow = WorkflowSummary.extend({
  description: z.string().optional(),
  /** Why this change is made now, in the words of the requester. */
  changeReason: z.string().optional(),
  plan: Plan,
  tasks: z.array(TaskView),
  approvals: z.array(Approval),
  artifacts: z.array(Artifact),
  effects: z.array(Effect),
  deployments: z.array(DeploymentView),
  repositoryUrl: z.string().optional(),
  lastEventSeq: z.number().int(),
  /** The trace in which everything done for it stands, in the portal's tracing and in its log. */
  traceId: z.string().optional(),
  /** Changes of the request, oldest first. */
  revisions: z.array(PlanRevision).optional(),
  controls: WorkflowControls,
});
export type Workflow = z.infer<typeof Workflow>;

/** Answer of `POST /workflows` with `dryRun: true`. */
export const PlanPreview = z.object({ plan: Plan });
export type PlanPreview = z.infer<typeof PlanPreview>;

/** Answer of `GET /workflows`. `nextCursor` is absent on the last page. */
export const WorkflowPage = z.object({
  items: z.array(WorkflowSummary),
  totalItems: z.number().int(),
  nextCursor: z.string().optional(),
});
export type WorkflowPage = z.infer<typeof WorkflowPage>;

/** One line of a workflow's history. `seq` counts up by one within the workflow. */
export const WorkflowEvent = z.object({
  seq: z.number().int().positive(),
  workflowId: z.string(),
  time: z.string(),
  type: z.enum([
    'workflow',
    'task',
    'log',
    'effect',
    'approval',
    'artifact',
    'notification',
  ]),
  level: z.enum(['info', 'warn', 'error']),
  taskId: z.string().optional(),
  message: z.string(),
  data: z.record(z.string(), z.unknown()).optional(),
});
export type WorkflowEvent = z.infer<typeof WorkflowEvent>;

/** Body of `POST /generate`: renders and checks without starting a workflow and without any effect. */
export const GenerateRequest = z
  .object({
    template: z.string().max(100).optional(),
    parameters: WorkflowParameters,
    parts: z
      .array(z.enum(['repository', 'infrastructure', 'pipeline']))
      .min(1)
      .optional(),
  })
  .strict();
export type GenerateRequest = z.infer<typeof GenerateRequest>;

/** Answer of `POST /generate`. */
export const GenerateResponse = z.object({
  artifactId: z.string(),
  verdict: Effect.shape.verdict,
  files: z.array(
    z.object({
      path: z.string(),
      content: z.string(),
      executable: z.boolean(),
      digest: z.string(),
    }),
  ),
});
export type GenerateResponse = z.infer<typeof GenerateResponse>;

/** Body of pause, resume and cancel. */
export const ControlRequest = z
  .object({ reason: z.string().max(2000).default('') })
  .strict();
export type ControlRequest = z.infer<typeof ControlRequest>;

/**
 * Body of retry. Everything that is not completed is tried again; `taskId` names the task it is about,
 * which must not be completed. With `fromTask` that task and all that depends on it run again as well,
 * whatever became of them; see `retryScope`.
 */
export const RetryRequest = z
  .object({
    taskId: z.string().max(20).optional(),
    fromTask: z.string().max(20).optional(),
    reason: z.string().max(2000).default(''),
  })
  .strict();
export type RetryRequest = z.infer<typeof RetryRequest>;

/**
 * Body of revise: the request as it shall be from now on. What is left out stays as it was; the
 * plan hash must be that of the plan the person was shown.
 */
export const ReviseWorkflowRequest = z
  .object({
    planHash: z.string().regex(/^[0-9a-f]{64}$/),
    description: z.string().max(MAX_DESCRIPTION_LENGTH).optional(),
    template: z.string().max(100).optional(),
    parameters: WorkflowParameters.default({}),
    reason: z.string().min(1).max(2000),
  })
  .strict();
export type ReviseWorkflowRequest = z.infer<typeof ReviseWorkflowRequest>;
