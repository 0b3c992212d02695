import {
  compare,
  isArray,
  keyOf,
  type Key,
  RegoObject,
  RegoSet,
  typeName,
  type Value,
} from '../values/value';
import {
  array,
  BuiltinError,
  members,
  object,
  wrongType,
  type Builtin,
} from './Builtin';

import { patch } from './jsonPatch';
import { pathOf, step } from './paths';

function keysOf(args: readonly Value[], index: number): readonly Value[] {
  const value = args[index];
  if (value instanceof RegoObject) return value.entries().map(([key]) => key);
  if (isArray(value)) return value;
  if (value instanceof RegoSet) return value.items();
  throw wrongType(index + 1, 'one of {object, array, set}', value);
}

function union(a: Value, b: Value): Value {
  if (!(a instanceof RegoObject) || !(b instanceof RegoObject)) return b;
  return a.with(
    b.entries().map(([key, value]) => {
      const before = a.get(key);
      return [
        key,
        before === undefined ? value : union(before, value),
      ] as const;
    }),
  );
}

/** A tree of the keys that are chosen. */
type Choice = Map<Key, { key: Value; below: Choice | undefined }>;

function choose(paths: readonly (readonly Value[])[]): Choice {
  const root: Choice = new Map();
  for (const path of paths) {
    let at = root;
    path.forEach((key, index) => {
      const text = keyOf(typeof key === 'number' ? String(key) : key);
      const known = at.get(text);
      const last = index === path.length - 1;
      if (known && known.below === undefined) return;
      if (last) at.set(text, { key, below: undefined });
      else {
        const below = known?.below ?? new Map();
        at.set(text, { key, below });
        at = below;
      }
    });
  }
  return root;
}

function keep(value: Value, choice: Choice | undefined): Value | undefined {
  if (choice === undefined) return value;
  const chosen = (key: Value) =>
    choice.get(keyOf(typeof key === 'number' ? String(key) : key));
  if (value instanceof RegoObject) {
    const pairs: Array<readonly [Value, Value]> = [];
    for (const [key, item] of value.entries()) {
      const found = chosen(key);
      const kept = found && keep(item, found.below);
      if (kept !== undefined) pairs.push([key, kept]);
    }
    return RegoObject.of(pairs);
  }
  if (isArray(value)) {
    const items: Value[] = [];
    value.forEach((item, index) => {
      const found = chosen(index);
      const kept = found && keep(item, found.below);
      if (kept !== undefined) items.push(kept);
    });
    return items;
  }
  if (value instanceof RegoSet) {
    return RegoSet.of(value.items().filter(item => chosen(item)));
  }
  return value;
}

function drop(value: Value, choice: Choice | undefined): Value | undefined {
  if (choice === undefined) return undefined;
  const chosen = (key: Value) =>
    choice.get(keyOf(typeof key === 'number' ? String(key) : key));
  if (value instanceof RegoObject) {
    const pairs: Array<readonly [Value, Value]> = [];
    for (const [key, item] of value.entries()) {
      const found = chosen(key);
      const left = found ? drop(item, found.below) : item;
      if (left !== undefined) pairs.push([key, left]);
    }
    return RegoObject.of(pairs);
  }
  if (isArray(value)) {
    return value.flatMap((item, index) => {
      const found = chosen(index);
      const left = found ? drop(item, found.below) : item;
      return left === undefined ? [] : [left];
    });
  }
  if (value instanceof RegoSet) {
    return RegoSet.of(value.items().filter(item => !chosen(item)));
  }
  return value;
}

function subset(sub: Value, all: Value): boolean {
  if (sub instanceof RegoObject && all instanceof RegoObject) {
    return sub.entries().every(([key, value]) => {
      const other = all.get(key);
      if (other === undefined) return false;
      return isArray(value) && isArray(other)
        ? contained(value, other)
        : subset(value, other);
    });
  }
  if (sub instanceof RegoSet && all instanceof RegoSet)
    return sub.items().every(item => all.has(item));
  if (isArray(sub) && isArray(all)) return contained(sub, all);
  if (isArray(all) && sub instanceof RegoSet) {
    return sub
      .items()
      .every(item => all.some(each => compare(each, item) === 0));
  }
  return compare(sub, all) === 0;
}

function contained(part: readonly Value[], all: readonly Value[]): boolean {
  for (let from = 0; from + part.length <= all.length; from++) {
    if (part.every((item, index) => compare(item, all[from + index]) === 0))
      return true;
  }
  return false;
}

/** Functions on objects, and on paths into them. */
export const objects: Readonly<Record<string, Builtin>> = {
  'object.get': args => {
    const base = object(args, 0);
    const [, key, otherwise] = args;
    if (!isArray(key)) return base.get(key) ?? otherwise;
    let found: Value | undefined = base;
    for (const each of key) found = step(found, each);
    return found ?? otherwise;
  },
  'object.keys': args =>
    RegoSet.of(
      object(args, 0)
        .entries()
        .map(([key]) => key),
    ),
  'object.values': args =>
    object(args, 0)
      .entries()
      .map(([, value]) => value),
  'object.union': args => union(object(args, 0), object(args, 1)),
  'object.union_n': args =>
    array(args, 0).reduce<Value>((all, each) => {
      if (!(each instanceof RegoObject))
        throw new BuiltinError(
          `operand 1 must be array of objects but got array containing ${typeName(
            each,
          )}`,
          true,
        );
      return union(all, each);
    }, RegoObject.empty),
  'object.remove': args => {
    const gone = RegoSet.of(keysOf(args, 1));
    return RegoObject.of(
      object(args, 0)
        .entries()
        .filter(([key]) => !gone.has(key)),
    );
  },
  'object.filter': args => {
    const kept = RegoSet.of(keysOf(args, 1));
    return RegoObject.of(
      object(args, 0)
        .entries()
        .filter(([key]) => kept.has(key)),
    );
  },
  'object.subset': args => {
    const [all, sub] = args;
    const fits =
      (all instanceof RegoObject && sub instanceof RegoObject) ||
      (all instanceof RegoSet && sub instanceof RegoSet) ||
      (isArray(all) && (isArray(sub) || sub instanceof RegoSet));
    if (!fits)
      throw new BuiltinError(
        'both arguments object.subset must be of the same type or array and set',
        true,
      );
    return subset(sub, all);
  },
  'json.filter': args =>
    keep(object(args, 0), choose(members(args, 1).map(pathOf))),
  'json.remove': args => {
    const paths = keysOrMembers(args);
    return drop(object(args, 0), choose(paths)) ?? RegoObject.empty;
  },
  'json.patch': args => {
    let [target] = args;
    for (const operation of array(args, 1)) {
      if (!(operation instanceof RegoObject))
        throw new BuiltinError(
          'must be an array of JSON-Patch objects, but at least one element is not an object',
          true,
        );
      const patched = patch(target, operation);
      if (patched === undefined) return undefined;
      target = patched;
    }
    return target;
  },
};

function keysOrMembers(args: readonly Value[]): Array<readonly Value[]> {
  return members(args, 1).map(pathOf);
}
