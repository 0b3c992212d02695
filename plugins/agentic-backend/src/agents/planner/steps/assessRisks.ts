import type {
  Intent,
  PlannedTask,
  Risk,
} from '@agentic-backstage/plugin-agentic-common';

interface RiskRule extends Omit<Risk, 'taskIds'> {
  /** Agents whose tasks can fail this way. */
  readonly agents: readonly string[];
  readonly applies: (intent: Intent) => boolean;
}

const withDatabase = ({ database }: Intent) => database !== 'none';

const RULES: readonly RiskRule[] = [
  {
    id: 'invalid-output',
    title: 'A generated file does not parse or breaks a policy',
    severity: 'medium',
    likelihood: 'low',
    mitigation:
      'Every file is parsed, linted and checked before it is published; the task is tried three times and then shows the findings.',
    agents: ['codegen'],
    applies: () => true,
  },
  {
    id: 'service-does-not-start',
    title: 'The service does not become healthy after it is started',
    severity: 'high',
    likelihood: 'low',
    mitigation:
      'The deployment is only reported done after /health has answered; otherwise it is rolled back to what ran before.',
    agents: ['deployment', 'observability'],
    applies: () => true,
  },
  {
    id: 'port-in-use',
    title: 'The port is already in use on this machine',
    severity: 'medium',
    likelihood: 'medium',
    mitigation:
      'The deployment task fails with the port in its reason and can be retried once the port is free.',
    agents: ['deployment'],
    applies: () => true,
  },
  {
    id: 'package-registry',
    title: 'The packages of the service cannot be installed',
    severity: 'medium',
    likelihood: 'medium',
    mitigation:
      'Dependencies are locked to exact versions and installation is retried with backoff.',
    agents: ['deployment'],
    applies: () => true,
  },
  {
    id: 'migration-fails',
    title: 'A database migration fails half-way',
    severity: 'high',
    likelihood: 'low',
    mitigation:
      'Each migration has a way back and runs before the new version takes requests.',
    agents: ['deployment'],
    applies: withDatabase,
  },
  {
    id: 'single-zone',
    title: 'The database in one availability zone is lost with that zone',
    severity: 'high',
    likelihood: 'low',
    mitigation:
      'Ask for high availability, which puts a standby in a second zone, or accept restoring from a backup.',
    agents: ['codegen'],
    applies: intent => withDatabase(intent) && !intent.highAvailability,
  },
  {
    id: 'cost-of-use',
    title:
      'Traffic and backups cost more than the estimate, which leaves them out',
    severity: 'low',
    likelihood: 'medium',
    mitigation: 'Set a budget alert in AWS before the Terraform is applied.',
    agents: ['codegen'],
    applies: withDatabase,
  },
  {
    id: 'data-in-memory',
    title: 'Data is lost at every restart, because there is no database',
    severity: 'medium',
    likelihood: 'high',
    mitigation:
      'Add the database postgresql before the service keeps anything.',
    agents: ['deployment'],
    applies: intent => !withDatabase(intent),
  },
  {
    id: 'production',
    title: 'The first version goes to production without having run elsewhere',
    severity: 'high',
    likelihood: 'medium',
    mitigation:
      'Deploy to staging first; production waits for its approvals in any case.',
    agents: ['deployment'],
    applies: ({ environment }) => environment === 'production',
  },
];

/** The likely points of failure of a plan, the gravest first, each with what is done about it. */
export function assessRisks(
  intent: Intent,
  tasks: readonly PlannedTask[],
): Risk[] {
  const weight = { high: 3, medium: 2, low: 1 } as const;
  return RULES.filter(rule => rule.applies(intent))
    .map(({ agents, applies: _applies, ...risk }) => ({
      ...risk,
      taskIds: tasks
        .filter(({ agent }) => agents.includes(agent))
        .map(({ taskId }) => taskId),
    }))
    .sort(
      (a, b) =>
        weight[b.severity] * weight[b.likelihood] -
        weight[a.severity] * weight[a.likelihood],
    );
}
