import type {
  SweepReport,
  SweepRun,
} from '@agentic-backstage/plugin-agentic-common';
import { CHIARA, at } from './sampleDomain';

const REPOSITORY = {
  task: 'git.repositories',
  class: 'repositories',
  id: 'old-api:empty',
  title: 'Repository of old-api',
  reason: 'Made by wf-9.t4.publish, and no service of that name is registered',
  action: 'moved to the archive folder',
} as const;

/** A report with one repository that could go. */
export function aSweepReport(change: Partial<SweepReport> = {}): SweepReport {
  return {
    reportDigest: 'd4'.repeat(32),
    createdAt: at(0),
    createdBy: CHIARA,
    validUntil: at(1800),
    items: [REPOSITORY],
    kept: [],
    failures: [],
    stuckEffects: [],
    ...change,
  };
}

/** A sweep of that one repository. */
export function aSweepRun(change: Partial<SweepRun> = {}): SweepRun {
  return {
    sweepId: 'sweep-1',
    reportDigest: 'd4'.repeat(32),
    status: 'done',
    startedBy: CHIARA,
    startedAt: at(60),
    finishedAt: at(61),
    items: [
      {
        ...REPOSITORY,
        outcome: 'removed',
        evidence: 'Moved to old-api-2026.git',
      },
    ],
    ...change,
  };
}
