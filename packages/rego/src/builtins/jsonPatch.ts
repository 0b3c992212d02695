import {
  compare,
  equal,
  isArray,
  RegoObject,
  RegoSet,
  typeName,
  type Value,
} from '../values/value';
import { BuiltinError } from './Builtin';
import { pathOf, step } from './paths';

const JSON_POINTER_END = '-';

class PatchFailed extends Error {}

function change(
  value: Value,
  path: readonly Value[],
  work: (parent: Value, key: Value) => Value,
): Value {
  const [key, ...rest] = path;
  if (rest.length === 0) return work(value, key);
  const index = isArray(value) ? indexIn(key) : key;
  const below = step(value, isArray(value) ? index : key);
  if (below === undefined) throw new PatchFailed();
  const changed = change(below, rest, work);
  if (value instanceof RegoObject) return value.with([[key, changed]]);
  if (value instanceof RegoSet)
    return RegoSet.of([
      ...value.items().filter(item => compare(item, below) !== 0),
      changed,
    ]);
  return (value as readonly Value[]).map((item, at) =>
    at === index ? changed : item,
  );
}

/** An index from a number, or from a text of digits as a JSON pointer has it; -1 where it is none. */
function indexIn(key: Value): number {
  if (typeof key === 'number') return key;
  return /^(0|[1-9]\d*)$/.test(String(key)) ? Number(key) : -1;
}

function position(items: readonly Value[], key: Value, end: number): number {
  const index = key === JSON_POINTER_END ? items.length : indexIn(key);
  if (index < 0 || index > end) throw new PatchFailed();
  return index;
}

function added(parent: Value, key: Value, value: Value): Value {
  if (parent instanceof RegoObject) return parent.with([[key, value]]);
  if (parent instanceof RegoSet) {
    if (!equal(key, value)) throw new PatchFailed();
    return RegoSet.of([...parent.items(), value]);
  }
  if (!isArray(parent)) throw new PatchFailed();
  const at = position(parent, key, parent.length);
  return [...parent.slice(0, at), value, ...parent.slice(at)];
}

function removed(parent: Value, key: Value): Value {
  if (parent instanceof RegoObject) {
    if (!parent.has(key)) throw new PatchFailed();
    return RegoObject.of(
      parent.entries().filter(([each]) => compare(each, key) !== 0),
    );
  }
  if (parent instanceof RegoSet) {
    if (!parent.has(key)) throw new PatchFailed();
    return RegoSet.of(parent.items().filter(item => compare(item, key) !== 0));
  }
  if (!isArray(parent)) throw new PatchFailed();
  const at = position(parent, key, parent.length - 1);
  return [...parent.slice(0, at), ...parent.slice(at + 1)];
}

function find(value: Value, path: readonly Value[]): Value {
  let found: Value | undefined = value;
  for (const key of path)
    found = step(found, isArray(found) ? indexIn(key) : key);
  if (found === undefined) throw new PatchFailed();
  return found;
}

function apply(target: Value, operation: RegoObject): Value {
  const op = operation.get('op');
  const path = pathOf(operation.get('path') ?? null);
  const put = (value: Value, base: Value = target): Value =>
    path.length === 0
      ? value
      : change(base, path, (parent, key) => added(parent, key, value));
  const value = operation.get('value');
  switch (op) {
    case 'add':
      if (value === undefined) throw new PatchFailed();
      return put(value);
    case 'remove':
      if (path.length === 0) throw new PatchFailed();
      return change(target, path, removed);
    case 'replace':
      if (value === undefined) throw new PatchFailed();
      if (path.length === 0) return value;
      return change(target, path, (parent, key) => {
        const less = removed(parent, key);
        return added(less, key, value);
      });
    case 'move': {
      const from = pathOf(operation.get('from') ?? null);
      const moved = find(target, from);
      if (from.length === 0) return put(moved);
      return put(moved, change(target, from, removed));
    }
    case 'copy':
      return put(find(target, pathOf(operation.get('from') ?? null)));
    case 'test':
      if (value === undefined || compare(find(target, path), value) !== 0)
        throw new PatchFailed();
      return target;
    default:
      throw new BuiltinError(
        `unrecognized op: ${
          typeof op === 'string' ? op : typeName(op ?? null)
        }`,
      );
  }
}

/** What one operation of a JSON patch makes of a value, or nothing where it does not fit. */
export function patch(target: Value, operation: RegoObject): Value | undefined {
  try {
    return apply(target, operation);
  } catch (error) {
    if (error instanceof PatchFailed) return undefined;
    throw error;
  }
}
