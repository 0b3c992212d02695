import type {
  Approval,
  CriticVerdict,
  DeploymentView,
  Effect,
  PreCheck,
  ReadBack,
  TaskView,
  Verdict,
  WorkflowPhase,
} from '@agentic-backstage/plugin-agentic-common';
import type { WordKey } from '../../translation/Translate';
import type { Tone } from './StatusPill';

/** The word, by its key, and the tone a state is shown with. */
export interface Wording {
  readonly label: WordKey;
  readonly tone: Tone;
}

type Wordings<T extends string> = Readonly<Record<T, Wording>>;

/** How the phases of a workflow are shown. */
export const PHASES: Wordings<WorkflowPhase> = {
  pending: { label: 'words.phase.pending', tone: 'waiting' },
  planning: { label: 'words.phase.planning', tone: 'busy' },
  awaiting_approval: {
    label: 'words.phase.awaiting_approval',
    tone: 'attention',
  },
  running: { label: 'words.phase.running', tone: 'busy' },
  paused: { label: 'words.phase.paused', tone: 'paused' },
  completed: { label: 'words.phase.completed', tone: 'good' },
  failed: { label: 'words.phase.failed', tone: 'bad' },
  cancelled: { label: 'words.phase.cancelled', tone: 'stopped' },
  rolled_back: { label: 'words.phase.rolled_back', tone: 'undone' },
};

/** How the states of a task are shown. */
export const TASKS: Wordings<TaskView['status']> = {
  pending: { label: 'words.task.pending', tone: 'waiting' },
  preparing: { label: 'words.task.preparing', tone: 'busy' },
  awaiting_approval: {
    label: 'words.task.awaiting_approval',
    tone: 'attention',
  },
  running: { label: 'words.task.running', tone: 'busy' },
  completed: { label: 'words.task.completed', tone: 'good' },
  failed: { label: 'words.task.failed', tone: 'bad' },
  unknown: { label: 'words.task.unknown', tone: 'unknown' },
  cancelled: { label: 'words.task.cancelled', tone: 'stopped' },
  rolled_back: { label: 'words.task.rolled_back', tone: 'undone' },
};

/** How the states of an effect are shown. */
export const EFFECTS: Wordings<Effect['status']> = {
  proposed: { label: 'words.effect.proposed', tone: 'waiting' },
  started: { label: 'words.effect.started', tone: 'busy' },
  confirmed: { label: 'words.effect.confirmed', tone: 'good' },
  unknown: { label: 'words.effect.unknown', tone: 'unknown' },
  failed: { label: 'words.effect.failed', tone: 'bad' },
  rolled_back: { label: 'words.effect.rolled_back', tone: 'undone' },
  rollback_failed: { label: 'words.effect.rollback_failed', tone: 'bad' },
};

/** How verdicts of policy are shown. */
export const VERDICTS: Wordings<Verdict['decision']> = {
  allow: { label: 'words.verdict.allow', tone: 'good' },
  deny: { label: 'words.verdict.deny', tone: 'bad' },
  needs_review: { label: 'words.verdict.needs_review', tone: 'attention' },
};

/** How the findings of a read-back are shown. */
export const READ_BACKS: Wordings<ReadBack['state']> = {
  confirmed: { label: 'words.readBack.confirmed', tone: 'good' },
  absent: { label: 'words.readBack.absent', tone: 'bad' },
  unknown: { label: 'words.readBack.unknown', tone: 'unknown' },
};

/** How the states of an approval are shown. */
export const APPROVALS: Wordings<Approval['status']> = {
  open: { label: 'words.approval.open', tone: 'attention' },
  approved: { label: 'words.approval.approved', tone: 'good' },
  rejected: { label: 'words.approval.rejected', tone: 'bad' },
  expired: { label: 'words.approval.expired', tone: 'stopped' },
  void: { label: 'words.approval.void', tone: 'stopped' },
};

/** How the results of pre-checks are shown. */
export const PRE_CHECKS: Wordings<PreCheck['result']> = {
  passed: { label: 'words.preCheck.passed', tone: 'good' },
  failed: { label: 'words.preCheck.failed', tone: 'bad' },
  needs_review: { label: 'words.preCheck.needs_review', tone: 'attention' },
};

/** How the states of a deployment are shown. */
export const DEPLOYMENTS: Wordings<DeploymentView['status']> = {
  deploying: { label: 'words.deployment.deploying', tone: 'busy' },
  running: { label: 'words.deployment.running', tone: 'good' },
  failed: { label: 'words.deployment.failed', tone: 'bad' },
  unknown: { label: 'words.deployment.unknown', tone: 'unknown' },
  stopped: { label: 'words.deployment.stopped', tone: 'stopped' },
  rolled_back: { label: 'words.deployment.rolled_back', tone: 'undone' },
};

/** How the decisions of the critic are shown. */
export const CRITIC_DECISIONS: Wordings<CriticVerdict['decision']> = {
  approve: { label: 'words.critic.approve', tone: 'good' },
  needs_person: { label: 'words.critic.needs_person', tone: 'attention' },
  block: { label: 'words.critic.block', tone: 'bad' },
};

/** How the kinds of approvals are shown. */
export const APPROVAL_KINDS: Wordings<NonNullable<Approval['kind']>> = {
  destroy: { label: 'words.approvalKind.destroy', tone: 'bad' },
  update: { label: 'words.approvalKind.update', tone: 'attention' },
  create: { label: 'words.approvalKind.create', tone: 'good' },
  none: { label: 'words.approvalKind.none', tone: 'waiting' },
};
