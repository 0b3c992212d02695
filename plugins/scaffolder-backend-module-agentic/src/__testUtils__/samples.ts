import type {
  CreateWorkflowResponse,
  GenerateResponse,
  Plan,
  TaskView,
} from '@agentic-backstage/plugin-agentic-common';
import type { WorkflowProgress } from '../client/WorkflowProgress';

export const aTask: TaskView = {
  taskId: 't1',
  agent: 'codegen',
  title: 'Generate the service',
  goal: 'g1',
  status: 'pending',
  dependsOn: [],
  priority: 1,
  estimatedDuration: '2m',
  attempt: 0,
  maxAttempts: 3,
};

export const anAcceptedWorkflow: CreateWorkflowResponse = {
  workflowId: 'wf-1',
  status: 'in_progress',
  phase: 'planning',
  tasks: [aTask],
};

export const someProgress = (
  fields: Pick<WorkflowProgress, 'phase'> & Partial<WorkflowProgress>,
): WorkflowProgress => ({
  workflowId: 'wf-1',
  status: 'in_progress',
  tasks: [aTask],
  ...fields,
});

export const aPlan: Plan = {
  planId: 'p1',
  version: 1,
  planHash: 'a'.repeat(64),
  createdAt: '2026-01-01T00:00:00.000Z',
  template: 'microservice-with-db',
  strategy: 'standard',
  intent: {
    type: 'create-service',
    serviceName: 'user-service',
    description: '',
    owner: 'group:default/team-payments',
    language: 'nodejs',
    pattern: 'rest-api',
    database: 'postgresql',
    environment: 'staging',
    port: 8080,
    highAvailability: false,
    origins: {},
  },
  goals: [{ id: 'g1', title: 'Running service', taskIds: ['t1'], goals: [] }],
  tasks: ['t1', 't2'].map((taskId, index) => ({
    taskId,
    agent: index ? 'policy' : 'codegen',
    title: index ? 'Check it' : 'Generate the service',
    goal: 'g1',
    dependsOn: index ? ['t1'] : [],
    priority: index + 1,
    estimatedSeconds: 60,
    input: {},
    policy: {
      maxAttempts: 3,
      initialBackoffSeconds: 1,
      maxBackoffSeconds: 10,
      timeoutSeconds: 60,
    },
  })),
  estimatedCost: { status: 'unknown', currency: 'USD', lines: [] },
  estimatedSeconds: 120,
  risks: [
    {
      id: 'r1',
      title: 'The port is taken',
      severity: 'low',
      likelihood: 'low',
      mitigation: 'Another is chosen',
      taskIds: [],
    },
  ],
  preChecks: [
    {
      id: 'budget',
      title: 'Budget',
      result: 'passed',
      evidence: 'No budget was given',
    },
  ],
  stages: [],
};

export const someGeneratedFiles = (
  paths: readonly string[],
  verdict: Partial<GenerateResponse['verdict']> = {},
): GenerateResponse => ({
  artifactId: 'b'.repeat(64),
  verdict: {
    decision: 'needs_review',
    reasons: ['Nothing matched'],
    violations: [],
    evaluators: ['syntax'],
    ...verdict,
  },
  files: paths.map(path => ({
    path,
    content: `content of ${path}\n`,
    executable: path.endsWith('.sh'),
    digest: 'c'.repeat(64),
  })),
});
