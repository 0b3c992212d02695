import type {
  Approval,
  CriticFinding,
  CriticVerdict,
  DeploymentView,
  Effect,
  PreCheck,
  ReadBack,
  TaskView,
  Verdict,
  WorkflowPhase,
} from '@agentic-backstage/plugin-agentic-common';
import type { Tone } from './StatusPill';

/** The word and tone a state is shown with. */
export interface Wording {
  readonly label: string;
  readonly tone: Tone;
}

type Wordings<T extends string> = Readonly<Record<T, Wording>>;

/** How the phases of a workflow are shown. */
export const PHASES: Wordings<WorkflowPhase> = {
  pending: { label: 'Pending', tone: 'waiting' },
  planning: { label: 'Planning', tone: 'busy' },
  awaiting_approval: { label: 'Awaiting approval', tone: 'attention' },
  running: { label: 'Running', tone: 'busy' },
  paused: { label: 'Paused', tone: 'paused' },
  completed: { label: 'Completed', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  cancelled: { label: 'Cancelled', tone: 'stopped' },
  rolled_back: { label: 'Rolled back', tone: 'undone' },
};

/** How the states of a task are shown. */
export const TASKS: Wordings<TaskView['status']> = {
  pending: { label: 'Pending', tone: 'waiting' },
  preparing: { label: 'Preparing', tone: 'busy' },
  awaiting_approval: { label: 'Awaiting approval', tone: 'attention' },
  running: { label: 'Running', tone: 'busy' },
  completed: { label: 'Completed', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  unknown: { label: 'Unknown', tone: 'unknown' },
  cancelled: { label: 'Cancelled', tone: 'stopped' },
  rolled_back: { label: 'Rolled back', tone: 'undone' },
};

/** How the states of an effect are shown. */
export const EFFECTS: Wordings<Effect['status']> = {
  proposed: { label: 'Proposed', tone: 'waiting' },
  started: { label: 'Started, not read back', tone: 'busy' },
  confirmed: { label: 'Confirmed', tone: 'good' },
  unknown: { label: 'Unknown', tone: 'unknown' },
  failed: { label: 'Failed', tone: 'bad' },
  rolled_back: { label: 'Rolled back', tone: 'undone' },
  rollback_failed: { label: 'Rollback failed', tone: 'bad' },
};

/** How verdicts of policy are shown. */
export const VERDICTS: Wordings<Verdict['decision']> = {
  allow: { label: 'Allowed', tone: 'good' },
  deny: { label: 'Denied', tone: 'bad' },
  needs_review: { label: 'Needs review', tone: 'attention' },
};

/** How the findings of a read-back are shown. */
export const READ_BACKS: Wordings<ReadBack['state']> = {
  confirmed: { label: 'Confirmed', tone: 'good' },
  absent: { label: 'Not there', tone: 'bad' },
  unknown: { label: 'Unknown', tone: 'unknown' },
};

/** How the states of an approval are shown. */
export const APPROVALS: Wordings<Approval['status']> = {
  open: { label: 'Open', tone: 'attention' },
  approved: { label: 'Approved', tone: 'good' },
  rejected: { label: 'Rejected', tone: 'bad' },
  expired: { label: 'Expired', tone: 'stopped' },
  void: { label: 'Void', tone: 'stopped' },
};

/** How the results of pre-checks are shown. */
export const PRE_CHECKS: Wordings<PreCheck['result']> = {
  passed: { label: 'Passed', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  needs_review: { label: 'Needs review', tone: 'attention' },
};

/** How the states of a deployment are shown. */
export const DEPLOYMENTS: Wordings<DeploymentView['status']> = {
  deploying: { label: 'Deploying', tone: 'busy' },
  running: { label: 'Running', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  unknown: { label: 'Unknown', tone: 'unknown' },
  stopped: { label: 'Stopped', tone: 'stopped' },
  rolled_back: { label: 'Rolled back', tone: 'undone' },
};

/** How the decisions of the critic are shown. */
export const CRITIC_DECISIONS: Wordings<CriticVerdict['decision']> = {
  approve: { label: 'Critic: no objection', tone: 'good' },
  needs_person: { label: 'Critic: a person should look', tone: 'attention' },
  block: { label: 'Critic: blocked', tone: 'bad' },
};

/** The words for how heavy a finding of the critic is. */
export const CRITIC_FINDINGS: Readonly<
  Record<CriticFinding['decision'], string>
> = {
  note: 'Note',
  needs_person: 'Look',
  block: 'Blocks',
};

/** How the kinds of approvals are shown. */
export const APPROVAL_KINDS: Wordings<NonNullable<Approval['kind']>> = {
  destroy: { label: 'Destroys', tone: 'bad' },
  update: { label: 'Changes', tone: 'attention' },
  create: { label: 'Creates', tone: 'good' },
  none: { label: 'Changes nothing', tone: 'waiting' },
};
