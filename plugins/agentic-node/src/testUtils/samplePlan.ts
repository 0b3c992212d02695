import type { PlannedTask } from '@agentic-backstage/plugin-agentic-common';
import type { PlanDraft } from '../planning';
import { sampleIntent } from './agentContext';

const aTask = (
  taskId: string,
  agent: string,
  task: Pick<PlannedTask, 'title' | 'dependsOn' | 'input'>,
): PlannedTask => ({
  taskId,
  agent,
  goal: agent,
  priority: task.dependsOn.length + 1,
  estimatedSeconds: 10,
  policy: {
    maxAttempts: 3,
    initialBackoffSeconds: 1,
    maxBackoffSeconds: 30,
    timeoutSeconds: 60,
  },
  ...task,
});

/** A plan as a source of tasks sees it: one task generates a service, one deploys it. Anything given replaces the sample value. */
export function samplePlan(overrides: Partial<PlanDraft> = {}): PlanDraft {
  const tasks = [
    aTask('t1', 'codegen', {
      title: 'Generate repository structure',
      dependsOn: [],
      input: { part: 'repository' },
    }),
    aTask('t2', 'deployment', {
      title: 'Deploy infrastructure',
      dependsOn: ['t1'],
      input: { target: 'local', strategy: 'rolling' },
    }),
  ];
  return {
    template: 'microservice-with-db',
    strategy: 'template-matching',
    intent: sampleIntent(),
    goals: tasks.map(({ taskId, agent, title }) => ({
      id: agent,
      title,
      taskIds: [taskId],
      goals: [],
    })),
    tasks,
    estimatedCost: { status: 'known', currency: 'USD', monthly: 0, lines: [] },
    estimatedSeconds: 20,
    risks: [],
    preChecks: [],
    stages: [],
    ...overrides,
  };
}
