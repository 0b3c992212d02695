import type {
  Artifact,
  CostEstimate,
  CriticFinding,
  CriticVerdict,
  Effect,
  Plan,
  PlannedTask,
} from '@agentic-backstage/plugin-agentic-common';
import type { Agent } from './agents';
import type { ArtifactFileInput } from './artifacts';

/** An effect as the critic sees it: dry-run and judged, not begun. */
export interface CriticEffect
  extends Pick<
    Effect,
    | 'effectId'
    | 'key'
    | 'tool'
    | 'params'
    | 'dryRun'
    | 'verdict'
    | 'blastRadius'
  > {
  readonly rollbackStrategy: string;
  /** What the tool says it costs. */
  readonly estimatedCost: CostEstimate;
}

/**
 * What the critic reviews. At stage `effects` a task has proposed what it wants to do to the world,
 * and people are about to be asked; at stage `output` it has finished, and other tasks are about to
 * build on what it gave.
 */
export interface CriticSubject {
  readonly stage: CriticVerdict['stage'];
  readonly workflowId: string;
  readonly requestedBy: string;
  readonly environment: string;
  /** Whether the environment is kept as production is. */
  readonly production: boolean;
  readonly agent: Pick<Agent, 'id' | 'version' | 'lane' | 'artifacts'>;
  readonly plan: Plan;
  readonly task: PlannedTask;
  /** At stage `output`: what the task answered. */
  readonly output?: Record<string, unknown>;
  /** At stage `output` those of the task itself; at stage `effects` those of the tasks it builds on. */
  readonly artifacts: readonly Artifact[];
  /** Empty at stage `output`. */
  readonly effects: readonly CriticEffect[];
  /** What the critic said about the outputs of the tasks this one builds on. */
  readonly earlier: readonly CriticVerdict[];
  /** The content of one of these artifacts. */
  files(artifactId: string): Promise<ArtifactFileInput[]>;
}

/** What a rule has to say against promoting the subject. A rule that says nothing has no objection. */
export type CriticObjection = Omit<CriticFinding, 'rule'>;

/**
 * A rule of the critic. Rules can only make the verdict stricter: the strictest objection of all
 * rules is the decision. A rule that fails or takes too long counts as `needs_person`, never as
 * consent. It must not change anything, and is asked again when the subject has changed.
 */
export interface CriticRule {
  /** `<area>.<rule>` in lower case, unique in the installation. */
  readonly id: string;
  readonly title: string;
  review(
    subject: CriticSubject,
  ): Promise<readonly CriticObjection[]> | readonly CriticObjection[];
}

const RULE_ID = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/;

/** Declares a rule of the critic. Throws when the id is malformed. */
export function createCriticRule(rule: CriticRule): CriticRule {
  if (!RULE_ID.test(rule.id)) {
    throw new Error(
      `Critic rule id '${rule.id}' is not of the form area.rule in lower case; rename it, for example 'team.freeze-window'`,
    );
  }
  return Object.freeze({ ...rule });
}
