import type {
  Artifact,
  CriticVerdict,
} from '@agentic-backstage/plugin-agentic-common';
import type {
  CriticEffect,
  CriticSubject,
} from '@agentic-backstage/plugin-agentic-node';
import { sealPlan } from '../runtime/planHash';
import { samplePlanDraft } from './sampleWorld';

/** An effect that nothing speaks against. */
export function aCriticEffect(
  change: Partial<CriticEffect> = {},
): CriticEffect {
  return {
    effectId: 'wf-1.t1.repo',
    key: 'repo',
    tool: 'world.make',
    params: { name: 'repo' },
    dryRun: {
      summary: 'would make repo',
      changes: [{ action: 'create', resource: 'repo', detail: 'a file' }],
      warnings: [],
    },
    verdict: { decision: 'allow', reasons: [], violations: [], evaluators: [] },
    blastRadius: {
      scope: 'service',
      destructive: false,
      description: 'one file repo',
    },
    rollbackStrategy: 'Remove repo',
    estimatedCost: {
      status: 'known',
      currency: 'USD',
      monthly: 0,
      lines: [],
    },
    ...change,
  };
}

/** An artifact with these paths. */
export function aCriticArtifact(...paths: string[]): Artifact {
  return {
    artifactId: 'f'.repeat(64),
    name: 'sample',
    createdAt: '2026-01-01T00:00:00.000Z',
    provenance: {
      requestId: 'wf-1',
      planHash: 'a'.repeat(64),
      agent: 'thinker',
      agentVersion: '1.0.0',
      requestedBy: 'user:default/ada',
    },
    files: paths.map(path => ({
      path,
      size: 1,
      digest: 'e'.repeat(64),
      executable: false,
    })),
  };
}

/** A verdict about an output, which holds for long. */
export function aCriticVerdict(
  change: Partial<CriticVerdict> = {},
): CriticVerdict {
  return {
    verdictId: 'v1',
    workflowId: 'wf-1',
    taskId: 't0',
    stage: 'output',
    decision: 'approve',
    findings: [],
    rules: [],
    subjectDigest: 'd'.repeat(64),
    createdAt: '2026-01-01T00:00:00.000Z',
    expiresAt: '2999-01-01T00:00:00.000Z',
    ...change,
  };
}

/** A subject that no built-in rule has anything to say about. */
export function aCriticSubject(
  change: Partial<CriticSubject> & {
    planChange?: Partial<CriticSubject['plan']>;
  } = {},
): CriticSubject {
  const { planChange, ...rest } = change;
  const environment = change.environment ?? 'staging';
  const plan = {
    ...sealPlan(
      samplePlanDraft([{ id: 't1', makes: ['repo'] }], {
        serviceName: 'orders',
        environment,
      }),
      1,
    ),
    ...planChange,
  };
  return {
    stage: 'effects',
    workflowId: 'wf-1',
    requestedBy: 'user:default/ada',
    environment,
    production: environment === 'production',
    agent: { id: 'maker', version: '1.0.0', lane: 'execute' },
    plan,
    task: plan.tasks[0],
    artifacts: [],
    effects: rest.stage === 'output' ? [] : [aCriticEffect()],
    earlier: [],
    files: async () => [],
    ...rest,
  };
}
