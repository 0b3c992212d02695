import type {
  AgentHealth,
  DependencyState,
  HealthDetails,
  KillSwitch,
} from '@agentic-backstage/plugin-agentic-common';
import { BEN } from './sampleDomain';

const AT = '2026-11-20T10:00:00.000Z';

/** A stop of the deployment agent. */
export function aStop(change: Partial<KillSwitch> = {}): KillSwitch {
  return {
    switchId: 1,
    agent: 'deployment',
    engagedBy: BEN,
    engagedAt: AT,
    reason: 'A key leaked',
    ...change,
  };
}

/** The deployment agent, at work. */
export function anAgent(change: Partial<AgentHealth> = {}): AgentHealth {
  return {
    id: 'deployment',
    title: 'Deployment',
    description: 'Publishes and starts a service.',
    version: '1.0.0',
    status: 'active',
    accepts: ['environment', 'strategy?'],
    emits: ['deployment.completed'],
    permissions: [],
    tools: ['git.publish', 'process.deploy'],
    lane: 'execute',
    effectiveLane: 'execute',
    invocations: 12,
    failures: 1,
    medianSeconds: 8.4,
    ...change,
  };
}

/** A Git server that answers. */
export function aDependency(
  change: Partial<DependencyState> = {},
): DependencyState {
  return {
    id: 'tool:git',
    kind: 'tool',
    breaker: 'closed',
    since: AT,
    failures: 0,
    running: 1,
    queued: 0,
    limits: {
      concurrency: 8,
      queue: 64,
      timeoutSeconds: 120,
      retries: 2,
      breakAfter: 5,
      openSeconds: 30,
    },
    ...change,
  };
}

/** A portal on which everything works. */
export function aHealth(change: Partial<HealthDetails> = {}): HealthDetails {
  return {
    status: 'ok',
    checks: [{ id: 'database', status: 'ok', message: 'Answers' }],
    agents: [{ id: 'deployment', status: 'active' }],
    checkedAt: AT,
    process: 'portal:1',
    dependencies: [aDependency()],
    failovers: [],
    runtimes: [{ id: 'git', available: true, detail: '2.43.0' }],
    ...change,
  };
}
