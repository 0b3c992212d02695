import type { Frame, Step } from '../evaluate/Frame';
import type { RuleNode } from '../evaluate/RuleTree';
import type { Ordered } from './order';

/** Joins a step with what comes after it. */
export type Make = (next: Step) => Step;

/** Is told what steps do, for coverage and explanations. */
export interface StepObserver {
  entered(step: Ordered, frame: Frame): void;
  passed(step: Ordered, frame: Frame): void;
}

/** What steps may refer to. */
export interface StepWorld {
  readonly root: RuleNode;
  readonly observer?: StepObserver;
}
