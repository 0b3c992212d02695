import type {
  Approval,
  Artifact,
  DeploymentView,
  Effect,
  Plan,
  TaskView,
  Workflow,
  WorkflowEvent,
  WorkflowSummary,
} from '@agentic-backstage/plugin-agentic-common';
import { statusOfPhase } from '@agentic-backstage/plugin-agentic-common';

/** The people of the example company. */
export const ADA = 'user:default/ada.reyes';
export const BEN = 'user:default/ben.okafor';
export const CHIARA = 'user:default/chiara.rossi';

export const PLAN_HASH = 'a1'.repeat(32);
export const SCOPE_HASH = 'c3'.repeat(32);
const NOON = '2026-11-20T12:00:00.000Z';

/** A time so many seconds after noon of the sample day. */
export function at(seconds: number): string {
  return new Date(Date.parse(NOON) + seconds * 1000).toISOString();
}

/** A task of the sample workflow. */
export function aTask(change: Partial<TaskView> = {}): TaskView {
  return {
    taskId: 't1',
    agent: 'codegen',
    title: 'Generate the service',
    goal: 'A running orders-api in staging',
    status: 'pending',
    dependsOn: [],
    priority: 1,
    estimatedDuration: '2m',
    attempt: 0,
    maxAttempts: 3,
    ...change,
  };
}

/** The six tasks of the sample workflow: generated and checked, publishing waits for approval. */
export function sampleTasks(): TaskView[] {
  return [
    aTask({
      taskId: 't1',
      agent: 'codegen',
      title: 'Generate the service',
      status: 'completed',
      attempt: 1,
      startedAt: at(2),
      completedAt: at(9),
      duration: '7s',
      output: { artifactId: 'artifact-1', files: 4 },
    }),
    aTask({
      taskId: 't2',
      agent: 'codegen',
      title: 'Generate the infrastructure',
      status: 'completed',
      attempt: 1,
      startedAt: at(2),
      completedAt: at(6),
      duration: '4s',
    }),
    aTask({
      taskId: 't3',
      agent: 'policy',
      title: 'Check the policies',
      status: 'completed',
      dependsOn: ['t1', 't2'],
      attempt: 1,
      startedAt: at(10),
      completedAt: at(12),
      duration: '2s',
    }),
    aTask({
      taskId: 't4',
      agent: 'codegen',
      title: 'Publish the repository',
      status: 'awaiting_approval',
      dependsOn: ['t3'],
      attempt: 1,
      startedAt: at(13),
    }),
    aTask({
      taskId: 't5',
      agent: 'deployment',
      title: 'Deploy to staging',
      dependsOn: ['t4'],
    }),
    aTask({
      taskId: 't6',
      agent: 'observability',
      title: 'Watch the service',
      dependsOn: ['t5'],
    }),
  ];
}

/** The plan behind the sample workflow. */
export function aPlan(change: Partial<Plan> = {}): Plan {
  return {
    planId: 'plan-1',
    version: 1,
    planHash: PLAN_HASH,
    createdAt: at(0),
    template: 'microservice-with-db',
    strategy: 'deterministic',
    intent: {
      type: 'create-service',
      serviceName: 'orders-api',
      description: 'Keeps the orders of the shop',
      owner: 'group:default/team-payments',
      language: 'node',
      pattern: 'rest',
      database: 'postgresql',
      environment: 'staging',
      port: 4010,
      highAvailability: false,
      origins: { serviceName: 'form', database: 'words', port: 'default' },
    },
    goals: [
      {
        id: 'g1',
        title: 'A running orders-api in staging',
        taskIds: ['t4', 't5'],
        goals: ['g2'],
      },
      {
        id: 'g2',
        title: 'Code and infrastructure that pass the checks',
        taskIds: ['t1', 't2', 't3'],
        goals: [],
      },
    ],
    tasks: sampleTasks().map(task => ({
      taskId: task.taskId,
      agent: task.agent,
      title: task.title,
      goal: task.goal,
      dependsOn: task.dependsOn,
      priority: task.priority,
      estimatedSeconds: 120,
      input: {},
      policy: {
        maxAttempts: 3,
        initialBackoffSeconds: 1,
        maxBackoffSeconds: 30,
        timeoutSeconds: 300,
      },
    })),
    estimatedCost: {
      status: 'partial',
      currency: 'USD',
      monthly: 12.41,
      lines: [
        {
          item: 'PostgreSQL db.t4g.micro',
          monthly: 12.41,
          source: 'Public price list, 2026-10-01',
        },
        { item: 'Network traffic', source: 'No usage figures to price' },
      ],
    },
    estimatedSeconds: 720,
    risks: [
      {
        id: 'r1',
        title: 'The database is not reachable from the service',
        severity: 'high',
        likelihood: 'low',
        mitigation: 'The readiness check queries the database before traffic',
        taskIds: ['t5'],
      },
    ],
    preChecks: [
      {
        id: 'budget',
        title: 'Budget',
        result: 'passed',
        evidence: 'No monthly budget was given',
      },
      {
        id: 'resources',
        title: 'Resources',
        result: 'passed',
        evidence: 'Port 4010 is free',
      },
      {
        id: 'security',
        title: 'Security',
        result: 'needs_review',
        evidence: 'A person has to look at the network rules',
      },
    ],
    stages: [
      {
        stage: 'context',
        summary: 'Read the form and the catalog',
        details: ['No service of that name exists'],
      },
      { stage: 'draft', summary: 'Six tasks drafted', details: [] },
      {
        stage: 'optimise',
        summary: 'Two tasks run side by side',
        details: ['t1 and t2 do not depend on each other'],
      },
      {
        stage: 'validate',
        summary: 'Every input is accepted by its agent',
        details: [],
      },
    ],
    ...change,
  };
}

/** The effect that waits for approval in the sample workflow. */
export function anEffect(change: Partial<Effect> = {}): Effect {
  return {
    effectId: 'effect-1',
    workflowId: 'wf-1',
    taskId: 't4',
    key: 'wf-1.t4',
    tool: 'git.publish',
    lane: 'execute',
    status: 'proposed',
    params: { repository: 'orders-api', branch: 'main' },
    paramsDigest: 'd4'.repeat(32),
    blastRadius: {
      scope: 'service',
      destructive: false,
      description: 'Creates one repository and touches no other',
    },
    dryRun: {
      summary: 'Would push 4 files to a new repository',
      changes: [
        {
          action: 'create',
          resource: 'repository orders-api',
          detail: '4 files on main',
        },
      ],
      warnings: ['The repository will be visible to everybody'],
    },
    verdict: {
      decision: 'needs_review',
      reasons: ['Terraform is parsed but not judged yet'],
      violations: [
        {
          rule: 'terraform.unjudged',
          severity: 'medium',
          message: 'No rule covers aws_db_instance',
          file: 'infra/main.tf',
          line: 12,
          remedy: 'Read the file before approving',
        },
      ],
      evaluators: ['syntax', 'secrets'],
    },
    ...change,
  };
}

/** The open approval of the sample workflow: two signatures are needed. */
export function anApproval(change: Partial<Approval> = {}): Approval {
  const effect = anEffect();
  return {
    approvalId: 'approval-1',
    workflowId: 'wf-1',
    taskId: 't4',
    serviceName: 'orders-api',
    environment: 'staging',
    requestedBy: ADA,
    planHash: PLAN_HASH,
    scopeHash: SCOPE_HASH,
    status: 'open',
    requiredRoles: ['strategic', 'final'],
    createdAt: at(13),
    expiresAt: '2099-01-01T00:00:00.000Z',
    plan: {
      title: 'Publish the repository of orders-api',
      steps: ['Create the repository orders-api', 'Push 4 files to main'],
    },
    dryRunResults: [
      {
        effectId: effect.effectId,
        tool: effect.tool,
        summary: effect.dryRun.summary,
        changes: effect.dryRun.changes,
        warnings: effect.dryRun.warnings,
        verdict: effect.verdict,
      },
    ],
    estimatedImpact: {
      blastRadius: effect.blastRadius.description,
      destructive: false,
      monthlyCost: '$12.41, partly unknown',
    },
    rollbackStrategy: ['Delete the repository orders-api'],
    decisions: [],
    ...change,
  };
}

/** The generated files of the sample workflow. */
export function anArtifact(change: Partial<Artifact> = {}): Artifact {
  const file = (path: string, size: number) => ({
    path,
    size,
    digest: 'e5'.repeat(32),
    executable: path.endsWith('.sh'),
  });
  return {
    artifactId: 'artifact-1',
    workflowId: 'wf-1',
    taskId: 't1',
    name: 'orders-api',
    createdAt: at(9),
    provenance: {
      requestId: 'wf-1',
      planHash: PLAN_HASH,
      agent: 'codegen',
      agentVersion: '0.1.0',
      requestedBy: ADA,
      template: 'node-rest',
      templateHash: 'f6'.repeat(32),
    },
    files: [
      file('README.md', 120),
      file('package.json', 210),
      file('src/server.ts', 340),
      file('scripts/rollback.sh', 90),
    ],
    ...change,
  };
}

/** A running deployment of the sample service. */
export function aDeployment(
  change: Partial<DeploymentView> = {},
): DeploymentView {
  return {
    deploymentId: 'deployment-1',
    workflowId: 'wf-1',
    serviceName: 'orders-api',
    environment: 'staging',
    version: '0.1.0',
    target: 'local-process',
    isolation: 'resource limits only, not isolated',
    status: 'running',
    url: 'http://127.0.0.1:4010',
    startedAt: at(60),
    ...change,
  };
}

/** One line of history of the sample workflow. */
export function anEvent(change: Partial<WorkflowEvent> = {}): WorkflowEvent {
  return {
    seq: 1,
    workflowId: 'wf-1',
    time: at(1),
    type: 'workflow',
    level: 'info',
    message: 'Workflow accepted',
    ...change,
  };
}

/** The history of the sample workflow so far. */
export function sampleEvents(): WorkflowEvent[] {
  return [
    anEvent({ seq: 1 }),
    anEvent({
      seq: 2,
      time: at(2),
      type: 'task',
      taskId: 't1',
      message: 'Task t1 started',
    }),
    anEvent({
      seq: 3,
      time: at(5),
      type: 'log',
      taskId: 't1',
      message: 'Rendered 4 files',
    }),
    anEvent({
      seq: 4,
      time: at(9),
      type: 'artifact',
      taskId: 't1',
      message: 'Stored artifact orders-api with 4 files',
    }),
    anEvent({
      seq: 5,
      time: at(11),
      type: 'log',
      level: 'warn',
      taskId: 't3',
      message: 'No rule covers aws_db_instance',
    }),
    anEvent({
      seq: 6,
      time: at(13),
      type: 'approval',
      taskId: 't4',
      message: 'Approval requested from strategic and final approvers',
    }),
  ];
}

/** One row of the list of workflows. */
export function aSummary(
  change: Partial<WorkflowSummary> = {},
): WorkflowSummary {
  const phase = change.phase ?? 'awaiting_approval';
  return {
    workflowId: 'wf-1',
    status: statusOfPhase(phase),
    requestedBy: ADA,
    template: 'microservice-with-db',
    serviceName: 'orders-api',
    environment: 'staging',
    createdAt: at(0),
    updatedAt: at(13),
    tasksTotal: 6,
    tasksCompleted: 3,
    ...change,
    phase,
  };
}

/** The sample workflow: three tasks done, publishing waits for approval. */
export function aWorkflow(change: Partial<Workflow> = {}): Workflow {
  return {
    ...aSummary({ phase: change.phase }),
    description: 'A service for the orders of the shop',
    plan: aPlan(),
    tasks: sampleTasks(),
    approvals: [anApproval()],
    artifacts: [anArtifact()],
    effects: [anEffect()],
    deployments: [],
    lastEventSeq: 6,
    controls: { pause: true, resume: false, cancel: true, retry: false },
    ...change,
  };
}
