import { RegoError } from '../RegoError';
import type { Frame } from '../evaluate/Frame';
import {
  equal,
  keyOf,
  RegoObject,
  RegoSet,
  type Key,
  type Value,
} from '../values/value';
import type { Ordered } from './order';
import { builder, matcher } from './patterns';
import { compileSteps } from './steps';
import type { Make, StepWorld } from './StepWorld';

type Comprehension = Ordered & { op: 'comprehension' };
type Build = (frame: Frame) => Value;

/** What is collected; kept outside of the frame, and put aside while the same is collected further in. */
interface Collector {
  begin(): unknown;
  add(frame: Frame): void;
  /** What was collected; `before` is what `begin` gave. */
  end(before: unknown): Value;
}

function arrayCollector(value: Build): Collector {
  let items: Value[] = [];
  return {
    begin() {
      const before = items;
      items = [];
      return before;
    },
    add(frame) {
      items.push(value(frame));
    },
    end(before) {
      const result = items;
      items = before as Value[];
      return result;
    },
  };
}

function setCollector(value: Build): Collector {
  let members = new Map<Key, Value>();
  return {
    begin() {
      const before = members;
      members = new Map();
      return before;
    },
    add(frame) {
      const member = value(frame);
      members.set(keyOf(member), member);
    },
    end(before) {
      const result = new RegoSet(members);
      members = before as Map<Key, Value>;
      return result;
    },
  };
}

function objectCollector(
  key: Build,
  value: Build,
  { at }: Comprehension,
): Collector {
  let pairs = new Map<Key, readonly [Value, Value]>();
  return {
    begin() {
      const before = pairs;
      pairs = new Map();
      return before;
    },
    add(frame) {
      const pair = [key(frame), value(frame)] as const;
      const name = keyOf(pair[0]);
      const known = pairs.get(name);
      if (known && !equal(known[1], pair[1])) {
        throw new RegoError(
          'eval_conflict_error',
          'object keys must be unique',
          at,
        );
      }
      pairs.set(name, pair);
    },
    end(before) {
      const result = new RegoObject(pairs);
      pairs = before as Map<Key, readonly [Value, Value]>;
      return result;
    },
  };
}

/** Compiles `[head | body]`, `{head | body}` and `{key: head | body}`. */
export function compileComprehension(
  step: Comprehension,
  bound: Set<number>,
  world: StepWorld,
): Make {
  const value = builder(step.value);
  const collector = {
    array: () => arrayCollector(value),
    set: () => setCollector(value),
    object: () => objectCollector(builder(step.key!), value, step),
  }[step.kind]();
  const run = compileSteps(
    step.body as Ordered[],
    new Set(bound),
    world,
    frame => {
      collector.add(frame);
      return false;
    },
  );
  const match = matcher(step.out, bound);
  return next => frame => {
    const before = collector.begin();
    run(frame);
    return match(frame, collector.end(before)) && next(frame);
  };
}
