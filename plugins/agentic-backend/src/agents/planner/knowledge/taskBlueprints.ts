import type {
  Intent,
  TaskPolicy,
} from '@agentic-backstage/plugin-agentic-common';

/** What a kind of task is, before it has a place in a plan. */
export interface TaskBlueprint {
  readonly id: string;
  readonly agent: string;
  readonly title: string;
  readonly estimatedSeconds: number;
  readonly timeoutSeconds: number;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Every kind of task the planner knows, by id. The seconds are those of a run on two cores. */
export const TASK_BLUEPRINTS = {
  repository: {
    id: 'repository',
    agent: 'codegen',
    title: 'Generate repository structure',
    estimatedSeconds: 5,
    timeoutSeconds: 60,
    input: { part: 'repository' },
  },
  infrastructure: {
    id: 'infrastructure',
    agent: 'codegen',
    title: 'Create Terraform modules for RDS',
    estimatedSeconds: 3,
    timeoutSeconds: 60,
    input: { part: 'infrastructure' },
  },
  pipeline: {
    id: 'pipeline',
    agent: 'codegen',
    title: 'Generate CI/CD pipeline config',
    estimatedSeconds: 3,
    timeoutSeconds: 60,
    input: { part: 'pipeline' },
  },
  deployment: {
    id: 'deployment',
    agent: 'deployment',
    title: 'Deploy infrastructure',
    // Publishing, installing packages, starting a database and the service.
    estimatedSeconds: 60,
    timeoutSeconds: 300,
    input: { target: 'local', strategy: 'rolling' },
  },
  compliance: {
    id: 'compliance',
    agent: 'policy',
    title: 'Run compliance checks',
    estimatedSeconds: 5,
    timeoutSeconds: 60,
    input: { scope: 'workflow' },
  },
  health: {
    id: 'health',
    agent: 'observability',
    title: 'Verify health metrics',
    estimatedSeconds: 15,
    timeoutSeconds: 120,
    input: { check: 'health' },
  },
} as const satisfies Readonly<Record<string, TaskBlueprint>>;

/** A kind of task. */
export type TaskKind = keyof typeof TASK_BLUEPRINTS;

/** How a task of a kind is retried. */
export function policyOf({ timeoutSeconds }: TaskBlueprint): TaskPolicy {
  return {
    maxAttempts: 3,
    initialBackoffSeconds: 1,
    maxBackoffSeconds: 30,
    timeoutSeconds,
  };
}

/** The part of an intent that decides which tasks there are. */
export type TaskDeciding = Pick<
  Intent,
  'language' | 'pattern' | 'database' | 'highAvailability'
>;
