import type { Value } from '../values/value';
import type { Context } from './Context';

/** Does its part with what is bound so far, and then what comes after; answers true to stop the search. */
export type Step = (frame: Frame) => boolean;

/** The variables of one call of a rule, and what it is evaluated in. */
export class Frame {
  readonly slots: Value[];
  context: Context;
  /** What is done each time a whole body holds. */
  sink: Step = () => true;

  constructor(size: number, context: Context) {
    this.slots = new Array<Value>(size);
    this.context = context;
  }
}
