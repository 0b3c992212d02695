import type {
  ReadBack,
  SweepClass,
} from '@agentic-backstage/plugin-agentic-common';
import type { AgenticRecords } from './records';

/** One thing a sweep task found that nobody seems to need any more. */
export interface SweepCandidate {
  /** Unique within the task, and the same as long as it is the same thing in the same state. */
  readonly id: string;
  readonly title: string;
  /** Why nobody needs it, with the time or the figures that say so. */
  readonly reason: string;
  /** What `remove` would do to it. */
  readonly action: string;
  /**
   * Whose it is. It stays as long as any of these lives: a workflow that is not at its end, was at
   * work a short while ago or is not on record here; a registered or claimed service; a deployment
   * that should run. A repository, database or process must name at least one.
   */
  readonly belongsTo: {
    readonly workflows?: readonly string[];
    readonly services?: readonly string[];
    readonly deployments?: readonly string[];
  };
}

/** What a sweep task is handed. */
export interface SweepContext {
  readonly now: Date;
  /** Things younger than this are left alone, whoever made them. */
  readonly olderThan: Date;
  /** Things that were set aside before this are deleted. */
  readonly archivedBefore: Date;
  readonly records: AgenticRecords;
  readonly signal: AbortSignal;
}

/**
 * Cleans up after one kind of thing. The sweeper calls, never at the same time as itself:
 *
 * 1. `find`: what could go? Looking only. The sweeper takes out what belongs to something living.
 * 2. (a person reads the report and confirms it, or the schedule may by itself for this class)
 * 3. `remove`: takes exactly that one thing away, unless it has changed since it was found, and
 *    answers what a look at the world found afterwards: `absent` means gone. Called again after a
 *    crash for a thing that is gone already, it answers `absent`.
 */
export interface SweepTask {
  /** `<tool>.<what>`, unique in the installation. */
  readonly id: string;
  readonly title: string;
  readonly class: SweepClass;
  find(context: SweepContext): Promise<readonly SweepCandidate[]>;
  remove(candidate: SweepCandidate, context: SweepContext): Promise<ReadBack>;
}
