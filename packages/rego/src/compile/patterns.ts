import {
  equal,
  isArray,
  RegoObject,
  RegoSet,
  type Value,
} from '../values/value';
import type { Frame } from '../evaluate/Frame';
import type { Pattern } from './ir';
import { isBound } from './variables';

/** Builds the value of a pattern from bound variables. */
export function builder(pattern: Pattern): (frame: Frame) => Value {
  switch (pattern.kind) {
    case 'const': {
      const { value } = pattern;
      return () => value;
    }
    case 'var': {
      const { slot } = pattern;
      return frame => frame.slots[slot];
    }
    case 'array': {
      const items = pattern.items.map(builder);
      return frame => items.map(item => item(frame));
    }
    case 'set': {
      const items = pattern.items.map(builder);
      return frame => RegoSet.of(items.map(item => item(frame)));
    }
    default: {
      const entries = pattern.entries.map(
        ([key, value]) => [builder(key), builder(value)] as const,
      );
      return frame =>
        RegoObject.of(
          entries.map(([key, value]) => [key(frame), value(frame)] as const),
        );
    }
  }
}

/** Matches a value; binds the variables that are not bound yet, and adds them to `bound`. */
export function matcher(
  pattern: Pattern | undefined,
  bound: Set<number>,
): (frame: Frame, value: Value) => boolean {
  if (!pattern) return (_frame, value) => value !== false;
  if (pattern.kind === 'const') {
    const { value: wanted } = pattern;
    if (wanted === null || typeof wanted !== 'object')
      return (_frame, value) => value === wanted;
    return (_frame, value) => equal(value, wanted);
  }
  if (pattern.kind === 'var') {
    const { slot } = pattern;
    if (bound.has(slot))
      return (frame, value) => equal(frame.slots[slot], value);
    bound.add(slot);
    return (frame, value) => {
      frame.slots[slot] = value;
      return true;
    };
  }
  if (isBound(pattern, bound)) {
    const build = builder(pattern);
    return (frame, value) => equal(build(frame), value);
  }
  if (pattern.kind === 'array') {
    const items = pattern.items.map(item => matcher(item, bound));
    return (frame, value) =>
      isArray(value) &&
      value.length === items.length &&
      items.every((item, index) => item(frame, value[index]));
  }
  if (pattern.kind === 'object') {
    const entries = pattern.entries.map(
      ([key, value]) => [builder(key), matcher(value, bound)] as const,
    );
    return (frame, value) =>
      value instanceof RegoObject &&
      value.size === entries.length &&
      entries.every(([key, match]) => {
        const found = value.get(key(frame));
        return found !== undefined && match(frame, found);
      });
  }
  return () => false;
}
