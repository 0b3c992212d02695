import { RegoError } from '../RegoError';
import type { Step } from '../evaluate/Frame';
import {
  equal,
  isArray,
  RegoObject,
  RegoSet,
  type Value,
} from '../values/value';
import { compileCall } from './callStep';
import { compileComprehension } from './comprehensionStep';
import type { Ordered } from './order';
import { builder, matcher } from './patterns';
import { compileRef } from './refStep';
import type { Make, StepWorld } from './StepWorld';

const stop: Step = () => true;

/** Compiles ordered steps, `last` done each time all of them hold; `bound` gets what they bind. */
export function compileSteps(
  steps: readonly Ordered[],
  bound: Set<number>,
  world: StepWorld,
  last: Step,
): Step {
  // What is bound grows from the first step to the last; continuations are joined from the last to the first.
  const makes = steps.map(step =>
    observed(step, compileStep(step, bound, world), world),
  );
  return makes.reduceRight((next, make) => make(next), last);
}

function observed(step: Ordered, make: Make, { observer }: StepWorld): Make {
  if (!observer) return make;
  return next => {
    const work = make(frame => {
      observer.passed(step, frame);
      return next(frame);
    });
    return frame => {
      observer.entered(step, frame);
      return work(frame);
    };
  };
}

function compileStep(
  step: Ordered,
  bound: Set<number>,
  world: StepWorld,
): Make {
  switch (step.op) {
    case 'unify': {
      const matches = step.matches!.map(({ from, to }) => {
        const build = builder(from);
        return [build, matcher(to, bound)] as const;
      });
      if (matches.length === 1) {
        const [[build, match]] = matches;
        return next => frame => match(frame, build(frame)) && next(frame);
      }
      return next => frame =>
        matches.every(([build, match]) => match(frame, build(frame))) &&
        next(frame);
    }
    case 'truthy': {
      const build = builder(step.pattern);
      return next => frame => build(frame) !== false && next(frame);
    }
    case 'ref':
      return compileRef(step, bound, world);
    case 'call':
      return compileCall(step, bound, world);
    case 'comprehension':
      return compileComprehension(step, bound, world);
    case 'not': {
      const run = compileSteps(
        step.body as Ordered[],
        new Set(bound),
        world,
        stop,
      );
      return next => frame => !run(frame) && next(frame);
    }
    case 'every':
      return compileEvery(step, bound, world);
    case 'with':
      return compileWith(step, bound, world);
    default:
      return compileOptional(step, bound, world);
  }
}

function compileEvery(
  step: Ordered & { op: 'every' },
  bound: Set<number>,
  world: StepWorld,
): Make {
  const domain = builder(step.domain);
  const inner = new Set(bound);
  const matchKey = step.key && matcher(step.key, inner);
  const matchValue = matcher(step.value, inner);
  const run = compileSteps(step.body as Ordered[], inner, world, stop);
  return next => frame => {
    const over = domain(frame);
    const holds = (key: Value, value: Value): boolean => {
      frame.context.step();
      return (
        (!matchKey || matchKey(frame, key)) &&
        matchValue(frame, value) &&
        run(frame)
      );
    };
    let all = false;
    if (isArray(over)) all = over.every((value, index) => holds(index, value));
    else if (over instanceof RegoObject)
      all = over.entries().every(([key, value]) => holds(key, value));
    else if (over instanceof RegoSet)
      all = over.items().every(value => holds(value, value));
    return all && next(frame);
  };
}

function compileWith(
  step: Ordered & { op: 'with' },
  bound: Set<number>,
  world: StepWorld,
): Make {
  const replacements = step.replace.map(
    ([target, value]) =>
      [
        target,
        value.kind === 'pattern' ? builder(value.pattern) : value,
      ] as const,
  );
  let after: Step = stop;
  const run = compileSteps(step.body as Ordered[], bound, world, frame => {
    const inside = frame.context;
    frame.context = inside.outer!;
    const stopped = after(frame);
    frame.context = inside;
    return stopped;
  });
  return next => {
    after = next;
    return frame => {
      const before = frame.context;
      frame.context = before.with(
        replacements.map(([target, value]) => [
          target,
          typeof value === 'function'
            ? { kind: 'value', value: value(frame) }
            : value,
        ]),
      );
      const stopped = run(frame);
      frame.context = before;
      return stopped;
    };
  };
}

function compileOptional(
  step: Ordered & { op: 'optional' },
  bound: Set<number>,
  world: StepWorld,
): Make {
  const { slot, at } = step;
  const inner = new Set(bound);
  let found: Value | undefined;
  const build = builder(step.value);
  const run = compileSteps(step.body as Ordered[], inner, world, frame => {
    const value = build(frame);
    if (found !== undefined && !equal(found, value)) {
      throw new RegoError(
        'eval_conflict_error',
        'template-expressions must not produce multiple outputs',
        at,
      );
    }
    found = value;
    return false;
  });
  bound.add(slot);
  return next => frame => {
    const outer = found;
    found = undefined;
    run(frame);
    frame.slots[slot] = found ?? RegoSet.empty;
    found = outer;
    return next(frame);
  };
}
