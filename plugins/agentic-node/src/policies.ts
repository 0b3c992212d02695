import type { DryRun, Verdict } from '@agentic-backstage/plugin-agentic-common';
import type { ArtifactFileInput } from './artifacts';
import type { DependencyPolicy } from './dependencies';

/** What is judged: a set of files, or an effect that is about to happen with the files behind it. */
export type PolicySubject =
  | {
      readonly kind: 'artifact';
      readonly environment: string;
      readonly files: readonly ArtifactFileInput[];
    }
  | {
      readonly kind: 'effect';
      readonly environment: string;
      readonly tool: string;
      readonly params: Record<string, unknown>;
      readonly dryRun: DryRun;
      readonly files: readonly ArtifactFileInput[];
    };

/** Judges subjects. An evaluator that has nothing to say answers `undefined`, never `allow`. */
export interface PolicyEvaluator {
  readonly id: string;
  readonly title: string;
  /** How the host treats what this evaluator leans on, for example a policy server. */
  readonly dependency?: DependencyPolicy;
  evaluate(
    subject: PolicySubject,
  ): Promise<Omit<Verdict, 'evaluators'> | undefined>;
}
